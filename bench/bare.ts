import { serve } from '@hono/node-server'
import { Hono } from 'hono'

/** The limit of a page: Hono that only sends prepared bytes. */
const bodies = new Map<string, { body: string; type: string }>()
const app = new Hono().get('*', (c) => {
  const { pathname, search } = new URL(c.req.url)
  const answer = bodies.get(pathname + search)
  return answer ? c.body(answer.body, 200, { 'Content-Type': answer.type }) : c.notFound()
})
process.on('message', (message: { path: string; body: string; type: string }) => {
  bodies.set(message.path, message)
  process.send?.({ kept: message.path })
})
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.({ port }))
