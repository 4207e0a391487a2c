# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
./configure --with-cc="$CC" --prefix=/var/www --conf-path=/etc/nginx/nginx.conf --sbin-path=/usr/sbin/nginx \
	--pid-path=/run/nginx.pid --http-log-path=/dev/null --error-log-path=/dev/stderr \
	--http-client-body-temp-path=/tmp/body --http-proxy-temp-path=/tmp/proxy \
	--user=www-data --group=www-data --without-http_rewrite_module --without-http_gzip_module \
	--without-http_fastcgi_module --without-http_uwsgi_module --without-http_scgi_module
make
make install DESTDIR="$OUT"
