import { beforeEach, expect, test } from 'vitest'
import { publishSession } from '../../src/planning/publish-session.ts'
import { seminar } from '../schedule/fixtures.ts'
import { MITO } from '../world.ts'
import { type Fields, fieldsOf, formTo, pageOf, type Site, site } from './app.ts'
import { caller, type Staff, signedIn } from './desk/fixtures.ts'

let s: Site
let held: { id: string; token: string }
let staff: Record<'desk' | 'secretariat', Staff>

beforeEach(async () => {
  s = await site()
  await publishSession(s.system, { ...seminar({ id: 'later', date: null, hours: null }), desk: 'secretariat' })
  staff = { desk: await signedIn(s, 'desk', '08'), secretariat: await signedIn(s, 'secretariat') }
  held = await s.booked()
})

const INVITED: Fields = [
  ['name', '担当 花子'],
  ['role', 'desk'],
  ['prefectures', '08'],
]

type Form = { by?: 'desk' | 'secretariat'; path: () => string; fields: () => Promise<Fields>; table: string }

/** Every form that takes an e-mail address, besides that of a booking, which has a confirm step. */
const FORMS: Record<string, Form> = {
  'a change by the holder': {
    path: () => `/b/${held.token}/amend`,
    fields: async () => fieldsOf(formTo(await s.page(`/b/${held.token}`), `/b/${held.token}/amend`)),
    table: 'email_change',
  },
  'a wish to be told': {
    path: () => '/sessions/later/tell',
    fields: async () => [
      ['consent', 'true'],
      ['locale', 'ja'],
    ],
    table: 'interest',
  },
  'a booking by telephone': {
    by: 'desk',
    path: () => '/desk/bookings/new',
    fields: async () => caller({ slot: `${MITO}-1100` }),
    table: 'booking',
  },
  'a correction by the desk': {
    by: 'desk',
    path: () => `/desk/bookings/${held.id}/correct`,
    fields: async () => {
      const page = await staff.desk.page(`/desk/bookings/${held.id}`)
      return fieldsOf(formTo(page, `/desk/bookings/${held.id}/correct`))
    },
    table: 'booking',
  },
  'an invitation': { by: 'secretariat', path: () => '/desk/people/new', fields: async () => INVITED, table: 'account' },
}

test.each(Object.entries(FORMS))(
  '%s asks once about an address that looks like a slip, and takes it',
  async (_, form) => {
    const { by, path, fields, table } = form
    const visitor = by ? staff[by] : s
    const taken = () => s.column(`select email from ${table} where email = 'hanako@gmial.com'`)
    const standing = (await fields()).filter(([name]) => name !== 'email')
    const asked = await visitor.post(path(), [...standing, ['email', 'hanako@gmial.com']])
    expect([asked.status, asked.body.includes('hanako@gmail.com'), await taken()]).toEqual([200, true, []])
    // The list of sessions stands outside its form.
    const outside = standing.filter(([name]) => name === 'session')
    const again = await visitor.post(path(), [...fieldsOf(formTo(pageOf(asked), path())), ...outside])
    expect([again.body.includes('hanako@gmail.com'), await taken()]).toEqual([false, ['hanako@gmial.com']])
  },
)

test('another slip is asked about anew, and what is on record is not', async () => {
  const send = async (email: string, sure = '') => {
    const form = formTo(await staff.desk.page(`/desk/bookings/${held.id}`), `/desk/bookings/${held.id}/correct`)
    return staff.desk.post(`/desk/bookings/${held.id}/correct`, [...fieldsOf(form, { email }), ['email_sure', sure]])
  }
  expect((await send('hanako@gmial.com', 'hanako@gmai.com')).body).toContain('hanako@gmail.com')
  expect((await send('hanako@gmial.com', 'hanako@gmial.com')).status).toBe(303)
  expect((await send('hanako@gmial.com')).status).toBe(303)
})

test('a link sent once more asks too, for nobody hears of an address that has no booking', async () => {
  expect((await s.post('/lookup/link', [['email', 'hanako@gmial.com']])).body).toContain('hanako@gmail.com')
})
