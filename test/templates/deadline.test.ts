import { expect, test } from 'vitest'
import { sessionDeadline } from '../../templates/kit.tsx'

const [TEN, THREE] = ['2026-11-27T01:00:00.000Z', '2026-11-27T06:00:00.000Z']
const slot = (starts_at: string, closes_at: string) => ({ starts_at, closes_at }) as never

/** What a deadline says of a session from ten on, with these slots. */
const said = (locale: 'ja' | 'en', closes_at: string | null, slots: never[] = []) =>
  sessionDeadline(locale, { starts_at: TEN, closes_at, cancels_at: null, slots }, 'closes_at')

test('a deadline always says its day, and whether it is the start itself', () => {
  expect([said('ja', TEN), said('en', TEN)]).toEqual([
    '11月27日(金) 10:00 まで（開始時刻）',
    'Until Fri 27 November, 10:00 JST (when it begins)',
  ])
  expect(said('ja', '2026-11-26T06:00:00.000Z')).toBe('11月26日(木) 15:00 まで')
  expect(said('ja', '2026-11-26T06:00:00.000Z', [slot(TEN, '2026-11-26T06:00:00.000Z')])).toBe(
    '11月26日(木) 15:00 まで',
  )
  expect(said('ja', null)).toBe(null)
})

test('a deadline of each slot is counted from its start, and the day and hour of the last is there', () => {
  const slots = [slot(TEN, TEN), slot(THREE, THREE)]
  expect(said('ja', THREE, slots)).toBe('ご予約の開始時刻まで（最後は11月27日(金) 15:00）')
  expect(said('en', THREE, slots)).toBe('when your appointment begins (the last at Fri 27 November, 15:00 JST)')
})
