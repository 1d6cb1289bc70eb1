// A slow line: a proxy on loopback before a server, with so many bits a second for all connections together and so much delay.
// The browser's own throttling does not reach what a worker fetches; this does.
import { connect, createServer } from 'node:net';

/** Starts it before `target`; resolves to { url, bytes(), close() }. `delay` is that of a round trip in ms; a new connection waits for one. */
export function slowLine(target, bitsPerSecond, delay) {
  const { hostname, port } = new URL(target);
  const bytesPerMs = bitsPerSecond / 8 / 1000;
  let free = 0; // when the line has carried all it was given
  let bytes = 0;
  const sockets = new Set();

  /** Sends a chunk on when the line has carried it. */
  const carry = (chunk, to) => {
    bytes += chunk.length;
    const now = performance.now();
    free = Math.max(now, free) + chunk.length / bytesPerMs;
    setTimeout(() => to.writable && to.write(chunk), free - now + delay / 2);
  };
  /** In slices, so that one connection cannot keep the line to itself. */
  const slices = (chunk, to) => {
    for (let at = 0; at < chunk.length; at += 4096) carry(chunk.subarray(at, at + 4096), to);
  };

  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    const opened = performance.now() + delay;
    for (const s of [client, upstream]) {
      sockets.add(s);
      s.on('error', () => s.destroy());
      s.on('close', () => sockets.delete(s));
    }
    client.on('data', (chunk) => setTimeout(() => upstream.writable && upstream.write(chunk), Math.max(0, opened - performance.now()) + delay / 2));
    upstream.on('data', (chunk) => slices(chunk, client));
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => setTimeout(() => client.end(), Math.max(0, free - performance.now()) + delay));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({
      url: `http://127.0.0.1:${server.address().port}`,
      bytes: () => bytes,
      close: () => {
        for (const s of sockets) s.destroy();
        server.close();
      },
    }));
  });
}
