import { pino } from 'pino'
import { openSqlite } from '../../src/store/sqlite.ts'

/** A Worker that must be refused: it opens a file and writes to a Node stream. */
export default {
  fetch() {
    pino().info(typeof openSqlite)
    return new Response(null)
  },
}
