import { serve } from '@hono/node-server'
import { doorsOf, openEngine } from './engine.ts'

/** A process of the product on a database that others may be on as well; it tells its parent the port. */
const { store } = await openEngine(process.argv[2] ?? '')
serve({ fetch: doorsOf(store, true).fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.({ port }))
