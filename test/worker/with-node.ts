import { pino } from 'pino'
import { openSqlite } from '../../src/store/sqlite.ts'

/** What a Worker must not be: it opens a file and writes to a stream of Node's. */
export default {
  fetch() {
    pino().info(typeof openSqlite)
    return new Response(null)
  },
}
