import { series } from '../bookings.ts'
import { formOf } from '../site.ts'
import { h } from '../stage.ts'
import { desk } from './01-staff.ts'

h.begin('02-plan')
const VENUE = { prefecture: '08', name_ja: '水戸市民会館', name_en: 'Mito Hall', address: '水戸市泉町1-7-1' }
const venueForm = formOf(await h.ask(desk, '/desk/venues/new'), '/desk/venues/new')
await h.send(desk, '/desk/venues/new', { ...venueForm, name_ja: '' }, 'venue wrong')
await h.send(desk, '/desk/venues/new', { ...venueForm, ...VENUE }, 'venue new')
export const [venue = ''] = await h.column<string>("select id from venue where name_ja = '水戸市民会館'")
const hall = `/desk/venues/${venue}`
const before = formOf(await h.ask(desk, hall), hall)
for (const name_en of ['', 'Mito Civic Hall'])
  await h.send(desk, hall, formOf(await h.ask(desk, hall), hall, { name_en }), 'venue edited')
await h.send(desk, hall, { ...before, name_en: 'Old Hall' }, 'venue too late')

export const WED = ['2026-12-02', '2026-12-09', '2026-12-16']
const SERIES: Record<string, Parameters<typeof series>[0]> = {
  lottery: {
    title_ja: '抽選の会',
    acceptance: 'lottery',
    capacity: '2',
    dates: ['2026-12-03', '2026-12-17'].join('\n'),
  },
  approval: {
    title_ja: '承認の会',
    acceptance: 'approval',
    capacity: '9',
    dates: ['2026-12-08', '2026-12-15'].join('\n'),
  },
  small: {
    title_ja: '小さな会',
    capacity: '1',
    dates: [...WED, '2026-12-01', '2026-12-10', '2026-12-14', '2026-11-25'].join(' '),
  },
  talk: { title_ja: '小さな講座', kind: 'seminar', capacity: '1', dates: ['2026-12-07', '2026-12-21'].join(' ') },
  acts: {
    title_ja: '変わる会',
    closes_shape: 'hours',
    closes_count: '1',
    closes_at: '',
    starts: '',
    ends: '',
    slot_starts: '10:00 11:00 13:00 14:00',
    slot_minutes: '50',
    slot_capacity: '2',
    dates: [
      '2026-11-24',
      '2026-12-01',
      '2026-12-02',
      '2026-12-03',
      '2026-12-08',
      '2026-12-10',
      '2026-12-14',
      '2026-12-15',
      '2026-12-16',
      '2026-12-17',
      '2026-12-22',
    ].join('\n'),
  },
  elsewhere: {
    title_ja: '他で受付の会',
    apply_name: '大洗町',
    apply_phone: '029-267-5111',
    apply_url: 'https://oarai.example.jp/',
    dates: '2026-12-18',
  },
  monthly: { title_ja: '毎月の会', repeat: 'monthly', weekdays: ['TU'], nths: ['2', '-1'], until: '2027-03-31' },
}
export const begun: Record<string, string> = {}
for (const [name, changes] of Object.entries(SERIES)) {
  const { key = '' } = formOf(await h.ask(desk, '/desk/series/new'), '/desk/series/new')
  const fields = { ...series(changes), key }
  if (name === 'acts')
    await h.send(
      desk,
      '/desk/series/new',
      { ...fields, title_ja: '', formats: [], dates: 'x', slot_minutes: '' },
      'series wrong',
    )
  await h.send(desk, '/desk/series/new', fields, `series ${name} looked at`)
  if (name === 'acts') await h.send(desk, '/desk/series/new', { ...fields, step: 'edit' }, 'series edited again')
  await h.send(desk, '/desk/series/new', { ...fields, beside: '担当が二人いるため', step: 'do' }, `series ${name}`)
  const [id = ''] = await h.column<string>('select id from series where title_ja = ?', String(changes.title_ja))
  begun[name] = id
}
h.set('2026-11-22T01:05:00.000Z')
await h.work()
export const on = (name: string, date: string) => `${begun[name]}-${date}`
const monthly = `/desk/series/${begun.monthly}`
const edited = formOf(await h.ask(desk, monthly), monthly)
for (const [name, changes] of Object.entries({
  'edit wrong': { title_ja: '' },
  edit: { weekdays: ['TU', 'TH'], capacity: '9', beside: '担当が二人いるため' },
})) {
  await h.send(desk, monthly, { ...edited, ...changes }, `series ${name} look`)
  await h.send(desk, monthly, { ...edited, ...changes, step: 'do' }, `series ${name}`)
}
await h.send(desk, monthly, { ...edited, step: 'do' }, 'series edit too late')
await h.send(desk, `${monthly}/undo`, {}, 'series undo')
await h.send(desk, `${monthly}/undo`, {}, 'series undo twice')
const plain = `/desk/sessions/${on('acts', '2026-12-22')}`
const plainEdit = formOf(await h.ask(desk, `${plain}/edit`), `${plain}/edit`)
for (const [name, changes] of Object.entries({
  wrong: { title_ja: '' },
  edit: { title_ja: '出張相談会', capacity: '3' },
  'too late': { title_ja: '遅い' },
}))
  await h.send(desk, `${plain}/edit`, { ...plainEdit, ...changes }, `session ${name}`)
await h.ask(desk, plain)
await h.send(desk, `${plain}/undo`, {}, 'session undo')
await h.send(desk, `${plain}/undo`, {}, 'session undo twice')
await h.ask(desk, `${plain}/skip`)
await h.send(desk, `${plain}/skip`, { reason_ja: '' }, 'session skip wrong')
await h.send(desk, `${plain}/skip`, { reason_ja: '館内工事のため', reason_en: 'Works' }, 'session skip')
await h.send(desk, `${plain}/open`, {}, 'session open asked')
await h.send(desk, `${plain}/open`, { beside: '担当が二人いるため' }, 'session open')
await h.send(desk, `${plain}/skip`, { reason_ja: '館内工事のため' }, 'session skip again')
for (const [state, date] of [
  ['confirmed', '2026-12-18'],
  ['lifted', '2026-12-18'],
  ['confirmed', '2026-12-25'],
  ['confirmed', 'x'],
] as const) {
  await h.send(
    desk,
    '/desk/closures',
    { date, scope: '08', reason_ja: '館内整備', reason_en: '', state, step: 'do', beside: '担当が二人いるため' },
    date === 'x' ? 'closure wrong' : 'closure',
  )
}
