import { beforeEach, describe, expect, test } from 'vitest'
import { MITO } from '../../world.ts'
import { type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

describe('the schedule', () => {
  test('shows a month, a week and a list, with marks in words, at the same cost for one day and many', async () => {
    const costs: number[] = []
    for (const path of [
      '/desk/schedule?date=2026-11-01',
      '/desk/schedule?view=week&date=2026-11-27',
      '/desk/schedule?view=list',
    ]) {
      s.reads()
      const page = await desk.page(path)
      costs.push(s.reads())
      expect([path, page.root.querySelectorAll(`a[href="/desk/sessions/${MITO}"]`).length > 0]).toEqual([path, true])
      expect(page.text).toContain('受付中')
    }
    expect(new Set(costs).size).toBe(1)
    expect((await desk.page('/desk/schedule?date=nonsense&view=x&prefecture=99')).status).toBe(200)
  })
})
