import { look } from '../bookings.ts'
import { all, anybody, h, press } from '../stage.ts'

h.begin('10-survey')
h.set('2026-11-28T01:00:00.000Z')
await h.work()
for (const one of all) await look(h, anybody, one, /plain/.test(one.name))
for (const one of all.filter(({ name }) => /plain|early/.test(name))) {
  await press(one, 'survey', { satisfaction: '9', comment: 'x'.repeat(3000) }, 'wrong')
  await press(one, 'survey', {
    satisfaction: '5',
    understood: '4',
    telework: 'considering',
    recommend: '3',
    comment: '助かりました',
  })
  await press(one, 'survey', { satisfaction: '1', understood: '1', telework: 'no', recommend: '1', comment: '' })
}
