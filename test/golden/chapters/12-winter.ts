import { look } from '../bookings.ts'
import { signIn } from '../people.ts'
import { formOf, visitor } from '../site.ts'
import { all, CHANGED, en, files, h, ja, LOCALES, press, publicPages, sessionPages } from '../stage.ts'
import { chief, desk, everybodyIn, expert, secret, tokyo, viewer } from './01-staff.ts'
import { of } from './03-book.ts'
import { consolePages } from './console-pages.ts'

h.begin('12-winter')
h.set('2026-12-20T01:00:00.000Z')
await h.work()
await everybodyIn()
await signIn(h, chief, 'chief@example.jp', 'code', secret)
await publicPages(3)
await sessionPages(CHANGED)
await consolePages(4)
for (const who of [desk, chief, viewer, expert, tokyo, visitor('desk', 'en', desk)]) {
  for (const query of [
    'month=2026-11',
    'month=2026-11&compare=1',
    'month=2026-12&compare=1',
    'month=2026-11&as=csv',
    'month=2026-11&as=sjis',
    'month=x',
  ])
    await h.ask(who, `/desk/figures/report?${query}`)
  for (const query of [
    '',
    'from=2026-04-01&to=2027-03-31',
    'from=2026-04-01&to=2027-03-31&kind=seminar',
    'from=2026-04-01&to=2027-03-31&prefecture=08',
    'from=x',
  ])
    await h.ask(who, `/desk/figures?${query}`)
  for (const format of ['csv', 'sjis', 'xlsx']) {
    const fields = { from: '2026-04-01', to: '2027-03-31', format, prefecture: '', kind: '', status: '' }
    await h.send(who, '/desk/exports', fields, `export ${format}`)
    if (format === 'sjis') await h.send(who, '/desk/exports', { ...fields, anyway: '1' }, 'export sjis anyway')
  }
  await h.send(who, '/desk/exports', { from: 'x', to: '', format: 'x' }, 'export wrong')
  await h.ask(who, '/desk/exports/nothing')
  await h.ask(who, '/desk/exports/nothing/file', { method: 'POST', name: 'export unknown file' })
  for (const query of ['', 'prefecture=08', 'prefecture=13', 'month=2026-11&prefecture=08'])
    await h.ask(who, `/desk/survey?${query}`)
  for (const state of ['waiting', 'sent', 'failed', 'superseded']) await h.ask(who, `/desk/outbox?state=${state}`)
  for (const query of [
    'status=booked',
    'status=cancelled',
    'channel=phone',
    'format=online',
    'sort=company',
    'sort=made',
    'from=2026-12-01&to=2026-12-31',
    'page=2',
  ])
    await h.ask(who, `/desk/bookings?${query}`)
}
for (const one of all) await look(h, [one.locale === 'ja' ? ja : en], one, /plain|gone|w1|r1/.test(one.name))
for (const locale of LOCALES) {
  await press(of(locale, 'gone'), 'erase')
  await press(of(locale, 'gone'), 'cancel', {}, 'too late')
  await press(of(locale, 'plain'), 'erase')
  await press(of(locale, 'r1'), 'erase')
}
const year = '/desk/programme'
const copied = formOf(await h.ask(chief, year), year, { beside: '担当が二人いるため' })
await h.send(chief, year, {}, 'programme copied wrong: no reason')
await h.send(chief, year, copied, 'programme copied')
await h.work()
await h.ask(ja, '/healthz')
await h.ask(ja, '/readyz')
const [pass = ''] = await h.column<string>(
  "select id from pass where account = 'golden-secretariat' order by created_at",
)
await h.send(chief, '/desk/security/end', { pass }, 'pass ended')
await h.send(viewer, '/desk/sign-out', {}, 'signed out')
const metrics = await h.app.request('/metrics')
h.visited.add('GET /metrics')
files.write(
  '12-winter/metrics',
  (await metrics.text())
    .split('\n')
    .filter((line) => line.includes('madoguchi'))
    .join('\n'),
)
