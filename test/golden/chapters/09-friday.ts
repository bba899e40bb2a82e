import { signIn } from '../people.ts'
import { h } from '../stage.ts'
import { chief, desk, everybodyIn, secret } from './01-staff.ts'
import { of } from './03-book.ts'
import { act } from './05-desk.ts'
import { consolePages } from './console-pages.ts'

h.begin('09-friday')
h.set('2026-11-27T01:00:00.000Z')
await h.work()
await everybodyIn()
await signIn(h, chief, 'chief@example.jp', 'link', secret)
await h.ask(desk, '/desk')
await act(of('ja', 'plain'), 'attend', { as: 'attended', back: 'today' })
await act(of('en', 'plain'), 'attend', { as: 'absent' })
await act(of('en', 'plain'), 'attend', { as: 'attended' })
await act(of('ja', 'e1'), 'attend', { as: 'attended' }, 'too early')
await consolePages(2)
