import { look } from '../bookings.ts'
import { signIn } from '../people.ts'
import { all, anybody, h, press } from '../stage.ts'
import { desk } from './01-staff.ts'
import { on } from './02-plan.ts'

h.begin('11-lots')
h.set('2026-12-02T07:00:00.000Z')
await h.work()
await signIn(h, desk, 'desk@example.jp', 'link')
const lots = `/desk/sessions/${on('lottery', '2026-12-03')}`
await h.send(desk, `${lots}/announce`, {}, 'announce too early')
for (const verb of ['draw', 'draw', 'announce', 'announce']) {
  await h.ask(desk, `${lots}/${verb}`)
  await h.send(desk, `${lots}/${verb}`, { step: 'do' }, verb)
  await h.ask(desk, lots)
}
await h.work()
const entries = all.filter(({ name }) => /^e\d/.test(name))
for (const one of entries) await look(h, anybody, one, true)
const [winner, other] = await h.column<string>(
  "select id from booking where session = ? and status = 'offered' order by draw_order",
  on('lottery', '2026-12-03'),
)
for (const one of entries.filter(({ id }) => id === winner)) await press(one, 'accept')
for (const one of entries.filter(({ id }) => id === other)) await press(one, 'decline')
await h.work()
h.set('2026-12-03T05:00:00.000Z')
await h.work()
for (const one of entries) await look(h, anybody, one, true)
