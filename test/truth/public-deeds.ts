import type { HTMLElement } from 'node-html-parser'
import { hmac } from '../../src/base/token.ts'
import { tokenOf } from '../../src/booking/link.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { interestToken } from '../../src/interest/interest.ts'
import { fieldsOf, type Page } from '../http/app.ts'
import { application, freshKey } from '../world.ts'
import { pageIn, sound } from './read.ts'
import { onPage } from './told.ts'
import { type Held, PEOPLE, person, type Town } from './town.ts'

/** What somebody does. `pick` chooses from a list, the same in each run of a walk. */
export type Deed = (town: Town, pick: Pick) => Promise<unknown>
export type Pick = { <T>(from: readonly T[]): T | undefined; number(below: number): number }

/** The sessions as they are now. */
export const sessionsOf = (town: Town) => town.s.column<string>('select id from session order by id')

/** A place that may be asked for: a session, one of its times or none, and a form. */
export async function somePlace(town: Town, pick: Pick, of?: string) {
  const session = of ?? pick(await sessionsOf(town)) ?? ''
  const slots = await town.s.column<string>('select id from slot where session = ? order by starts_at', session)
  const [formats = ''] = await town.s.column<string>('select formats from session where id = ?', session)
  const free = pick.number(5) === 0
  return { session, slot: (free ? undefined : pick(slots)) ?? null, format: pick(formats.split(',')) ?? 'onsite' }
}

/** The link of a booking, or undefined once its data are erased. */
export async function linkOf(town: Town, id: string): Promise<string | undefined> {
  const booking = await bookingById(town.s.ctx, id)
  return booking && booking.name !== '' ? ((await tokenOf(town.s.ctx, booking)) ?? undefined) : undefined
}

/** Remembers a booking that its person made, or was told of, just now. */
export async function remember(town: Town, id: string, nth: number): Promise<void> {
  town.held.set(id, { id, person: person(nth) })
  await asSeen(town, id)
}

/** People without an e-mail have read on the page what became of their booking; others hear of it by letter. */
async function asSeen(town: Town, id: string): Promise<void> {
  const [email] = await town.s.column<string | null>('select email from booking where id = ?', id)
  if (email != null) return
  const page = await onPage(town, id)
  if (page) town.told.set(id, page)
}

/** What is over for its holder: they did it themselves. */
async function asEnded(town: Town, id: string): Promise<void> {
  const page = await onPage(town, id)
  if (page?.state === 'over') town.told.set(id, page)
}

const one = (pick: Pick, town: Town): Held | undefined => pick([...town.held.values()])

function applying(place: object, nth: number, pick: Pick) {
  const { name, kana, email, phone, locale } = person(nth)
  const waitlist = pick.number(3) > 0
  return application({
    ...place,
    name,
    name_kana: kana,
    email,
    phone,
    locale,
    seats: 1 + Number(pick.number(4) === 0),
    waitlist,
  })
}

/** Sends the form of a page, without what nobody ticked. */
async function sendForm(town: Town, form: HTMLElement, changes: Record<string, string | string[]> = {}) {
  const action = form.getAttribute('action') ?? ''
  return sound(action, await town.s.post(action, fieldsOf(form, changes)))
}

const formIn = (page: Page, action: string) => page.main.querySelector(`form[action="${action}"][method="post"]`)

async function bookByApi(town: Town, pick: Pick) {
  const nth = pick([0, 1, 3, 4, 6, 7]) ?? 0
  const given = applying(await somePlace(town, pick), nth, pick)
  const answer = sound('api', await town.s.send('/api/v1/bookings', given, { 'idempotency-key': freshKey() }))
  if (answer.status === 201) await remember(town, JSON.parse(answer.body).booking.id, nth)
  return answer.status
}

async function bookByForm(town: Town, pick: Pick) {
  const nth = pick([0, 1, 3, 4, 6, 7]) ?? 0
  const { session, slot, format } = await somePlace(town, pick)
  const path = `/sessions/${session}/book`
  const page = await pageIn(town.s, pick.number(2) === 0 ? `${path}?waitlist=true` : path).catch(() => null)
  const form = page && formIn(page, path)
  if (!form) return 'no form'
  const { company, prefecture, employees, industry } = application()
  const { name, kana, email, phone } = person(nth)
  const typed = {
    company,
    prefecture,
    employees,
    industry,
    name,
    name_kana: kana,
    email: email ?? '',
    phone,
  } as Record<string, string>
  const answer = await sendForm(town, form, {
    ...typed,
    ...(slot ? { slot } : {}),
    format,
    seats: '1',
    consent: 'true',
    locale: 'ja',
  })
  const { parse } = await import('node-html-parser')
  const sure = parse(answer.body)
    .querySelectorAll(`form[action="${path}"]`)
    .find((each) => each.querySelector('input[name=step]')?.getAttribute('value') === 'book')
  if (!sure) return answer.status
  const before = await town.s.column<string>('select id from booking')
  const done = await sendForm(town, sure)
  const made = (await town.s.column<string>('select id from booking')).find((id) => !before.includes(id))
  if (made) await remember(town, made, nth)
  return done.status
}

/** A button of the holder's page that first asks. */
const asked =
  (act: 'cancel' | 'decline' | 'erase'): Deed =>
  async (town, pick) => {
    const held = one(pick, town)
    const token = held && (await linkOf(town, held.id))
    if (!held || !token) return 'nobody'
    const page = await pageIn(town.s, `/b/${token}/${act}`)
    const form = formIn(page, `/b/${token}/${act}`)
    if (!form) return 'not possible'
    const { status } = await sendForm(town, form)
    if (act === 'erase' && status === 303) town.held.delete(held.id)
    await asEnded(town, held.id)
    await asSeen(town, held.id)
    return status
  }

const byApi =
  (act: 'cancel' | 'accept' | 'decline'): Deed =>
  async (town, pick) => {
    const held = one(pick, town)
    const token = held && (await linkOf(town, held.id))
    if (!held || !token) return 'nobody'
    const address = `/api/v1/bookings/${held.id}/${act}`
    const { status } = sound(address, await town.s.send(address, {}, { authorization: `Bearer ${token}` }))
    await asEnded(town, held.id)
    await asSeen(town, held.id)
    return status
  }

async function accept(town: Town, pick: Pick) {
  const offered = await town.s.column<string>("select id from booking where status = 'offered' order by id")
  const id = pick(offered.filter((each) => town.held.has(each)))
  const token = id && (await linkOf(town, id))
  if (!id || !token) return 'nobody'
  const form = formIn(await pageIn(town.s, `/b/${token}`), `/b/${token}/accept`)
  const done = form && (await sendForm(town, form))
  await asSeen(town, id)
  return done?.status ?? 'not possible'
}

async function amend(town: Town, pick: Pick) {
  const held = one(pick, town)
  const token = held && (await linkOf(town, held.id))
  if (!held || !token) return 'nobody'
  const form = formIn(await pageIn(town.s, `/b/${token}`), `/b/${token}/amend`)
  if (!form) return 'not possible'
  const what = pick.number(4)
  const formats = form.querySelectorAll('input[name=format]').map((each) => each.getAttribute('value') ?? '')
  const changes: Record<string, string> = {
    ...(what === 0 && form.querySelector('input[name=seats]') ? { seats: String(1 + pick.number(2)) } : {}),
    ...(what === 1 && formats.length > 0 ? { format: pick(formats) ?? '' } : {}),
    ...(what === 2 && held.person.email ? { email: `other${pick.number(90)}@example.jp` } : {}),
    ...(what === 3 ? { message: `メモ${pick.number(9)}` } : {}),
  }
  const { status } = await sendForm(town, form, changes)
  await asSeen(town, held.id)
  return status
}

async function confirmEmail(town: Town, pick: Pick) {
  const id = pick(await town.s.column<string>('select id from email_change order by id'))
  if (id === undefined) return 'nobody'
  const address = `/b/email/${await hmac(town.s.ctx.config.secrets[0] ?? '', `${id}.email`)}`
  return sound(address, await town.s.post(address)).status
}

async function move(town: Town, pick: Pick) {
  const held = one(pick, town)
  const token = held && (await linkOf(town, held.id))
  if (!held || !token) return 'nobody'
  const place = await somePlace(town, pick)
  if (pick.number(2) === 0) {
    const address = `/api/v1/bookings/${held.id}/move`
    const { status } = sound(address, await town.s.send(address, place, { authorization: `Bearer ${token}` }))
    await asSeen(town, held.id)
    return status
  }
  const form = formIn(await pageIn(town.s, `/b/${token}/move`), `/b/${token}/move`)
  const places = form?.querySelectorAll('input[name=place]').map((each) => each.getAttribute('value') ?? '') ?? []
  const to = pick(places)
  if (!form || !to) return 'not possible'
  const answer = await sendForm(town, form, { place: to })
  const { parse } = await import('node-html-parser')
  const sure = parse(answer.body)
    .querySelectorAll(`form[action="/b/${token}/move"]`)
    .find((each) => each.querySelector('input[name=step]')?.getAttribute('value') === 'move')
  const done = sure ? await sendForm(town, sure) : answer
  await asSeen(town, held.id)
  return done.status
}

async function tell(town: Town, pick: Pick) {
  const session = pick(await sessionsOf(town)) ?? ''
  const email = `curious${pick.number(4)}@example.jp`
  const fields = Object.entries({ email, consent: 'true', locale: pick(['ja', 'en']) ?? 'ja' })
  return sound('tell', await town.s.post(`/sessions/${session}/tell`, fields)).status
}

async function confirmInterest(town: Town, pick: Pick) {
  const id = pick(await town.s.column<string>('select id from interest order by id'))
  const row =
    id && (await town.s.ctx.store.db.selectFrom('interest').selectAll().where('id', '=', id).executeTakeFirst())
  const token = row && (await interestToken(town.s.ctx, row))
  if (!token) return 'nobody'
  await pageIn(town.s, `/tell/${token}`)
  const act = pick.number(4) === 0 ? 'end' : 'confirm'
  const { status } = sound('tell', await town.s.post(`/tell/${token}/${act}`))
  await pageIn(town.s, `/tell/${token}`)
  return status
}

async function askForLink(town: Town, pick: Pick) {
  const { email } = person(pick.number(PEOPLE))
  return email === null ? 'nobody' : sound('lookup', await town.s.post('/lookup/link', [['email', email]])).status
}

/** What the public does. */
export const PUBLIC_DEEDS = {
  'book by API': bookByApi,
  'book by form': bookByForm,
  cancel: asked('cancel'),
  decline: asked('decline'),
  erase: asked('erase'),
  'cancel by API': byApi('cancel'),
  'accept by API': byApi('accept'),
  'decline by API': byApi('decline'),
  accept,
  amend,
  'confirm e-mail': confirmEmail,
  move,
  tell,
  'confirm interest': confirmInterest,
  'ask for link': askForLink,
} satisfies Record<string, Deed>
