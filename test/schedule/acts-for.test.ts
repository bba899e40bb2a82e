import { describe, expect, test } from 'vitest'
import { SESSION_STATUSES, type SessionStatus } from '../../src/base/vocabulary.ts'
import { actsFor } from '../../src/schedule/acts-for.ts'

type Facts = Parameters<typeof actsFor>[0]

/** A session with hours that takes people on-site and on the web, first come. */
const session = (changes: Partial<Facts> = {}): Facts => ({
  status: 'open',
  over: false,
  formats: ['onsite', 'online'],
  formats_before: null,
  suspension: null,
  acceptance: 'first_come',
  draw: null,
  settled: 'time',
  ...changes,
})
const acts = (changes: Partial<Facts> = {}, booked = false) => [...actsFor(session(changes), { booked })]
const statusesOf = (act: string) => SESSION_STATUSES.filter((status) => acts({ status }).some((one) => one === act))

describe('what the desk does with a session', () => {
  test('is told in the order of its page', () => {
    expect(acts()).toEqual(['enter', 'edit', 'skip', 'reschedule', 'convert', 'venue', 'meeting', 'call-off'])
  })

  test('is nothing once it is over or called off', () => {
    expect([acts({ status: 'held', over: true }), acts({ status: 'called_off', over: true })]).toEqual([[], []])
  })

  test('is holding it after all while its day is ahead, if it was called off', () => {
    expect(acts({ status: 'called_off' })).toEqual(['hold-again'])
  })

  test('is a booking also before it opens and after the deadline of the public', () => {
    expect(statusesOf('enter')).toEqual(['not_yet_open', 'closed', 'full', 'few', 'open'])
  })

  test('is calling off and not skipping once somebody is booked', () => {
    expect(acts({}, true)).not.toContain('skip')
    expect(acts({}, true)).toContain('call-off')
  })

  test.each<SessionStatus>(['postponed', 'skipped'])('is not skipping while it is %s', (status) => {
    expect(acts({ status })).not.toContain('skip')
  })

  test('is holding it after all only if it is skipped', () => {
    expect(statusesOf('open')).toEqual(['skipped'])
  })

  test('is a date or hours only while they are undecided, and another day only once it has hours', () => {
    expect(statusesOf('settle')).toEqual(['undecided'])
    expect(acts({ status: 'undecided', settled: 'date' })).not.toContain('reschedule')
  })

  test('follows from the ways in which it is held', () => {
    expect(acts({ formats: ['online'] })).not.toContain('venue')
    expect(acts({ formats: ['online'] })).not.toContain('convert')
    expect(acts({ formats: ['visit'] })).toContain('convert')
    expect(acts({ formats: ['visit'] })).not.toContain('venue')
    expect(acts({ formats: ['onsite', 'phone'] })).not.toContain('meeting')
  })

  test('is a draw once entries are closed, then its announcement, each once', () => {
    const lots = (draw: Facts['draw'], status: SessionStatus = 'closed') =>
      acts({ acceptance: 'lottery', status, draw }).filter((act) => act === 'draw' || act === 'announce')
    expect([lots(null, 'open'), lots(null), lots('drawn'), lots('announced')]).toEqual([[], ['draw'], ['announce'], []])
    expect(lots('drawn', 'postponed')).toEqual([])
    expect(acts({ status: 'closed' })).not.toContain('draw')
  })
})
