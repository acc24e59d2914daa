// The whole launch as one writes it in Node: its http and crypto modules, nothing else.
// Usage: node launch.js SOCKET PROCESSES (more than one uses node:cluster).
'use strict';

const cluster = require('node:cluster');
const crypto = require('node:crypto');
const http = require('node:http');

const env = process.env;
const handoffKey = crypto.createHmac('sha256', env.WELKIN_SESSION_KEY).update('hand-off').digest();
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function refuse(response, status) {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end('{"error":"launch_refused"}\n');
}

function hmac(key, text) {
  return crypto.createHmac('sha256', key).update(text).digest();
}

/** The claims of a token that was signed with HS256 under the secret, or null. */
function verified(token) {
  const parts = token.split('.');
  if (parts.length !== 3) return null;
  try {
    if (JSON.parse(Buffer.from(parts[0], 'base64url')).alg !== 'HS256') return null;
    const expected = hmac(env.WELKIN_CLIENT_SECRET, `${parts[0]}.${parts[1]}`);
    const mac = Buffer.from(parts[2], 'base64url');
    if (mac.length !== expected.length || !crypto.timingSafeEqual(mac, expected)) return null;
    return JSON.parse(Buffer.from(parts[1], 'base64url'));
  } catch {
    return null;
  }
}

function isLaunch(claims, now) {
  return claims !== null && typeof claims === 'object'
    && claims.iss === 'coach.welkinhealth.com' && claims.aud === env.WELKIN_APP_URL
    && claims.welkin_oauth_client_id === env.WELKIN_CLIENT_ID
    && claims.welkin_provider_id === env.WELKIN_PROVIDER_ID
    && Number.isInteger(claims.exp) && claims.exp + 30 > now && claims.exp <= now + 630
    && guid.test(claims.welkin_worker_id)
    && (claims.welkin_patient_id === undefined || guid.test(claims.welkin_patient_id));
}

function seal(plain, launch) {
  const nonce = crypto.randomBytes(12);
  const cipher = crypto.createCipheriv('chacha20-poly1305', handoffKey, nonce, { authTagLength: 16 });
  cipher.setAAD(Buffer.from(launch), { plaintextLength: Buffer.byteLength(plain) });
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

function launch(body, response) {
  const tokens = new URLSearchParams(body).getAll('token');
  if (tokens.length !== 1) return refuse(response, 400);
  const now = Math.floor(Date.now() / 1000);
  const claims = verified(tokens[0]);
  if (!isLaunch(claims, now)) return refuse(response, 401);

  const id = crypto.randomBytes(16).toString('base64url');
  const session = JSON.stringify({
    app: 'main', launch: id, worker: claims.welkin_worker_id, provider: claims.welkin_provider_id,
    patient: claims.welkin_patient_id, exp: now + 900, end: now + 28800,
  });
  const header = Buffer.from('{"alg":"HS256","typ":"welkin-session"}').toString('base64url');
  const signed = `${header}.${Buffer.from(session).toString('base64url')}`;
  const token = `${signed}.${hmac(env.WELKIN_SESSION_KEY, signed).toString('base64url')}`;
  const path = `/a/main/${id}/`;
  response.writeHead(302, {
    'Location': `https://apps.example.test${path}#handoff=${seal(session, id)}`,
    'Set-Cookie': `__Secure-welkin=${token}; Path=${path}; Max-Age=900; Secure; HttpOnly; SameSite=None; Partitioned`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': 0,
  });
  response.end();
}

const [socket, processes] = process.argv.slice(2);
if (processes > 1 && cluster.isPrimary) {
  for (let i = 0; i < processes; i++) cluster.fork();
  process.on('SIGTERM', () => {
    for (const worker of Object.values(cluster.workers)) worker.kill();
    process.exit(0);
  });
} else {
  const server = http.createServer((request, response) => {
    if (request.method !== 'POST') return refuse(response, 405);
    const chunks = [];
    let length = 0;
    request.on('data', (chunk) => {
      length += chunk.length;
      if (length <= 65536) chunks.push(chunk);
    });
    request.on('end', () => {
      if (length > 65536) return refuse(response, 413);
      launch(Buffer.concat(chunks).toString('latin1'), response);
    });
  });
  // Kept by nginx as long as it likes: the peer must not be the one that closes connections.
  server.keepAliveTimeout = 0;
  server.listen(socket);
}
