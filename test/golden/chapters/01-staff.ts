import { signIn, withTotp } from '../people.ts'
import { formOf, visitor } from '../site.ts'
import { h } from '../stage.ts'

h.begin('01-staff')
await h.run(
  `insert into account (id, email, name, role, prefectures, state, revision, created_at, updated_at)
   values ('golden-secretariat', 'chief@example.jp', '事務局 花子', 'secretariat', '', 'active', 0, ?, ?)`,
  h.now(),
  h.now(),
)
export const chief = visitor('secretariat', 'ja')
await h.ask(chief, '/desk/sign-in', { fields: { email: 'x' }, name: 'sign-in wrong' })
await h.ask(chief, '/desk/sign-in', { fields: { email: 'unknown@example.jp' }, name: 'sign-in unknown' })
await signIn(h, chief, 'chief@example.jp', 'link')
await h.ask(chief, '/desk')
export const secret = await withTotp(h, chief)
const STAFF = { desk: '08', viewer: '08', expert: '', tokyo: '13', spare: '08' }
for (const [name, prefectures] of Object.entries(STAFF)) {
  const role = name === 'tokyo' || name === 'spare' ? 'desk' : name
  const form = await h.ask(chief, '/desk/people/new')
  const fields = formOf(form, '/desk/people/new', {
    email: `${name}@example.jp`,
    name: `担当 ${name}`,
    role,
    prefectures,
  })
  if (name === 'desk')
    await h.send(chief, '/desk/people/new', { ...fields, email: 'x', name: '', prefectures: '' }, 'people wrong')
  await h.send(chief, '/desk/people/new', fields, `people ${name}`)
  if (name === 'desk') await h.send(chief, '/desk/people/new', fields, 'people twice')
}
export const desk = visitor('desk', 'ja')
export const viewer = visitor('viewer', 'en')
export const expert = visitor('expert', 'ja')
export const tokyo = visitor('tokyo', 'ja')
const staff = { desk, viewer, expert, tokyo }
export async function everybodyIn(): Promise<void> {
  for (const [name, who] of Object.entries(staff))
    await signIn(h, who, `${name}@example.jp`, name === 'desk' ? 'code' : 'link')
}
await everybodyIn()
const [spare = ''] = await h.column<string>("select id from account where email = 'spare@example.jp'")
const shown = await h.ask(chief, `/desk/people/${spare}`)
for (const [name, changes] of Object.entries({
  wrong: { name: '' },
  edited: { name: '別の名' },
  'too late': { name: '古い' },
  closed: { state: 'closed', revision: '1' },
})) {
  await h.send(chief, `/desk/people/${spare}`, formOf(shown, `/desk/people/${spare}`, changes), `people ${name}`)
}
