import { expect, inject, test } from 'vitest'

const hour = { UTC: 1, 'Asia/Tokyo': 10, 'America/New_York': 20 }

test('the machine stands in the zone that its project names', () => {
  const zone = inject('zone')
  expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone)
  expect(hour).toHaveProperty([zone], new Date('2026-11-27T01:15:00.000Z').getHours())
})
