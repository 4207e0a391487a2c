# SPDX-License-Identifier: GPL-2.0
component inet_diag
	text    Socket statistics for ss
	faction net
	base    net
	option  INET_DIAG=m INET_UDP_DIAG=m UNIX_DIAG=m PACKET_DIAG=n
	module  tcp_diag udp_diag unix_diag

component tcp_bbr
	text    BBR congestion control
	faction net
	base    net
	option  TCP_CONG_BBR=m
	module  tcp_bbr

component tls
	text    TLS records in the kernel
	faction net
	base    net
	option  TLS=m TLS_DEVICE=n
	module  tls
	needs   gcm

component bridge
	text    Ethernet bridge
	faction net
	base    net
	option  BRIDGE=m BRIDGE_IGMP_SNOOPING=y BRIDGE_NETFILTER=n
	module  bridge

component vlan
	text    802.1Q VLANs
	faction net
	base    net
	option  VLAN_8021Q=m
	module  8021q

component tun
	text    TUN and TAP interfaces
	faction net
	base    net
	option  TUN=m
	module  tun

component veth
	text    Pairs of connected interfaces
	faction net
	base    net
	option  VETH=m
	module  veth

component dummy
	text    An interface that drops what it is sent
	faction net
	base    net
	option  DUMMY=m
	module  dummy

component wireguard
	text    WireGuard tunnels
	faction net
	base    net
	option  WIREGUARD=m
	module  wireguard

component conntrack
	text    Connection tracking
	faction net
	base    net
	option  NETFILTER=y NETFILTER_ADVANCED=y NETFILTER_INGRESS=n NETFILTER_EGRESS=n
	option  NF_CONNTRACK=m NF_CONNTRACK_PROCFS=n NF_CT_PROTO_DCCP=n NF_CT_PROTO_SCTP=n
	option  NF_CT_PROTO_UDPLITE=n NF_CT_NETLINK=m
	module  nf_conntrack nf_conntrack_netlink

component nftables
	text    Packet filter
	faction net
	base    net
	option  NF_TABLES=m NF_TABLES_INET=y NF_TABLES_IPV4=y NF_TABLES_IPV6=y
	option  NFT_LIMIT=m NFT_REJECT=m NFT_LOG=m NF_LOG_SYSLOG=m NFT_CT=m NF_CONNTRACK_MARK=y
	option  NFT_QUOTA=m NFT_CONNLIMIT=m NFT_NUMGEN=m NFT_HASH=m NFT_FIB_INET=m
	option  NFT_FIB_IPV4=m NFT_FIB_IPV6=m
	module  nf_tables nft_limit nft_reject_inet nft_log nft_ct nf_log_syslog
	module  nft_quota nft_connlimit nft_numgen nft_hash nft_fib_inet
	needs   conntrack

component nftables_nat
	text    Address translation for nftables
	faction net
	base    net
	option  NF_NAT=m NFT_NAT=m NFT_MASQ=m NFT_REDIR=m
	module  nft_chain_nat nft_nat nft_masq nft_redir
	needs   nftables

# Parts of what Linux has no modules of, as in base.comp.
component ethtool
	text    Requests of ethtool to network interfaces
	faction net
	base    net
	object  arch/rump/kernel/ethtool.o

component nexthop
	text    Next hops that routes share: ip nexthop
	faction net
	base    net
	object  net/ipv4/nexthop.o
