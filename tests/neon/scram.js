'use strict';
// SCRAM-SHA-256 (RFC 5802, RFC 7677), both sides of it: what a role's secret says of a password,
// as Neon's proxy finds out, and the client's part of a login to PostgreSQL.

const crypto = require('crypto');

const hmac = (key, text) => crypto.createHmac('sha256', key).update(text).digest();
const sha256 = (data) => crypto.createHash('sha256').update(data).digest();

function salted(password, salt, iterations) {
    return crypto.pbkdf2Sync(password.normalize('NFKC'), salt, iterations, 32, 'sha256');
}

/** Whether the password is the one that pg_authid.rolpassword was made from. */
function passwordFits(secret, password) {
    const parts = /^SCRAM-SHA-256\$(\d{1,9}):([^$]+)\$([^:]+):(.+)$/.exec(secret || '');
    if (!parts) {
        return false;
    }
    const key = hmac(
        salted(password, Buffer.from(parts[2], 'base64'), Number(parts[1])),
        'Client Key',
    );
    const stored = Buffer.from(parts[3], 'base64');
    return stored.length === 32 && crypto.timingSafeEqual(sha256(key), stored);
}

/** The client's messages: `first`, then `last(server's first)`. */
function clientExchange(password) {
    const nonce = crypto.randomBytes(18).toString('base64');
    const bare = `n=,r=${nonce}`;
    return {
        first: `n,,${bare}`,
        last(serverFirst) {
            const parts = /^r=([^,]+),s=([^,]+),i=(\d{1,9})$/.exec(serverFirst);
            if (!parts || !parts[1].startsWith(nonce)) {
                throw new Error('PostgreSQL sent a SCRAM message that is none');
            }
            const key = hmac(
                salted(password, Buffer.from(parts[2], 'base64'), Number(parts[3])),
                'Client Key',
            );
            const bound = `c=biws,r=${parts[1]}`;
            const proof = hmac(sha256(key), `${bare},${serverFirst},${bound}`);
            for (let i = 0; i < proof.length; i++) {
                proof[i] ^= key[i];
            }
            return `${bound},p=${proof.toString('base64')}`;
        },
    };
}

module.exports = { passwordFits, clientExchange };
