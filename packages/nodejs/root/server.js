// SPDX-License-Identifier: GPL-2.0
'use strict';
const fs = require('fs');
const http = require('http');
const { Worker, isMainThread, parentPort } = require('worker_threads');

function primes(limit) {
	let count = 0;
	for (let n = 2; n < limit; n++) {
		let d = 2;
		while (d * d <= n && n % d)
			d++;
		if (d * d > n)
			count++;
	}
	return count;
}

async function answer(path) {
	if (path === '/primes')
		return { primes: await new Promise((done) => new Worker(__filename).on('message', done)) };
	if (path === '/file') {
		await fs.promises.writeFile('/tmp/file', 'from a file');
		return { text: await fs.promises.readFile('/tmp/file', 'utf8') };
	}
	return { path };
}

if (isMainThread) {
	http.createServer(async (request, response) => {
		response.setHeader('Content-Type', 'application/json');
		response.end(JSON.stringify(await answer(request.url)));
	}).listen(80);
	process.on('SIGTERM', () => process.exit(0));
} else {
	parentPort.postMessage(primes(10000));
}
