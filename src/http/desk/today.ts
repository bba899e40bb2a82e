import { Hono } from 'hono'
import { TodayPage } from '../../../templates/desk/today.tsx'
import { page } from '../../../templates/layout.tsx'
import type { Env } from '../env.ts'

/** `/desk`: everything about today on one page. */
export const todayDoors = new Hono<Env>().get('/', (c) =>
  c.html(page(TodayPage({ frame: c.var.frame, staff: c.var.pass.account }))),
)
