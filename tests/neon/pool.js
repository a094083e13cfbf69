'use strict';
// Connections to the PostgreSQL behind the stand-in, one pool for each user and database.

const { Connection } = require('./postgres');

const MOST_IDLE = 20;

// What Neon's proxy says between two users of a connection; nothing of a session is left after it.
const RESET = `ROLLBACK; CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; DEALLOCATE ALL;
    UNLISTEN *; SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES;`;

class Pool {
    /** server: { host, port } of the PostgreSQL. */
    constructor(server) {
        this.server = server;
        this.idle = [];
    }

    async take(user, password, database) {
        for (;;) {
            const found = this.idle.findIndex(
                ({ target }) =>
                    target.user === user &&
                    target.password === password &&
                    target.database === database,
            );
            if (found < 0) {
                return Connection.open({ ...this.server, user, password, database });
            }
            const [connection] = this.idle.splice(found, 1);
            if (connection.open) {
                return connection;
            }
        }
    }

    /** Takes back a connection; one that cannot be cleaned is closed. */
    async give(connection) {
        try {
            await connection.execute(RESET);
        } catch {
            connection.close();
            return;
        }
        this.idle.push(connection);
        if (this.idle.length > MOST_IDLE) {
            this.idle.shift().close();
        }
    }

    /** As when the compute restarts. */
    clear() {
        this.idle.splice(0).forEach((connection) => connection.close());
    }
}

module.exports = { Pool };
