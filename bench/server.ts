import { serve } from '@hono/node-server'
import { appOf, openEngine } from './engine.ts'

/** A process of the product on a database that other processes may share. Sends its port to its parent. */
const { store } = await openEngine(process.argv[2] ?? '')
serve({ fetch: appOf(store, true).fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.({ port }))
