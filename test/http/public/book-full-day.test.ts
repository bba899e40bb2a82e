import { beforeEach, describe, expect, test } from 'vitest'
import { texts } from '../../../templates/text/index.ts'
import { application, MITO } from '../../world.ts'
import { type Fields, fieldsOf, formTo, pageOf, type Site } from '../app.ts'
import { fullDay, type Held, SLOTS } from '../full-day.ts'

const t = texts('ja')
const DOOR = `/sessions/${MITO}/book`

let s: Site
let holders: Held[]
beforeEach(async () => {
  ;({ s, holders } = await fullDay())
})

/** What a person types into the form. */
const typed = (changes: Record<string, string | undefined>): Fields =>
  Object.entries(application(changes)).flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'session' ? [[name, value] satisfies Fields[number]] : [],
  )

describe('a full day', () => {
  test('has a way to wait, from its page to the end of the form', async () => {
    const page = await s.page(`/sessions/${MITO}`)
    expect(page.text).toContain(t.wait.joinTitle)
    const to = page.main.querySelectorAll('a').find((one) => one.text.trim() === t.wait.join)
    expect(to?.getAttribute('href')).toBe(`${DOOR}?waitlist=true`)
    const form = await s.page(`${DOOR}?waitlist=true`)
    expect(form.main.querySelector('h1')?.text).toBe(t.wait.formTitle)
    const fields = typed({ email: 'w@example.jp', slot: '', waitlist: 'true' })
    const confirm = pageOf(await s.post(DOOR, [...fields, ['consent', 'true']]))
    expect(confirm.text).toContain(t.wait.check)
    expect(confirm.text).toContain(t.wait.anySlot)
    const done = await s.submit(formTo(confirm, DOOR, 'book'))
    expect(done.main.querySelector('h1')?.text).toBe(t.wait.done)
    expect(done.text).not.toContain(t.done.noMail)
    expect(done.text).toContain(t.done.noNotice)
    expect(done.text).toContain(t.wait.position(1))
    expect(done.text).not.toContain(t.done.calendar)
  })

  test('without the wish to wait leads back to its page', async () => {
    expect((await s.ask(DOOR)).status).toBe(303)
  })

  test('refused at the last step offers to wait with what was typed', async () => {
    await s.post(`/b/${holders[0]?.token}/cancel`)
    const fields = typed({ slot: SLOTS[0] })
    const confirm = pageOf(await s.post(DOOR, [...fields, ['consent', 'true']]))
    await s.booked({ slot: SLOTS[0] })
    const refused = await s.submit(formTo(confirm, DOOR, 'book'))
    expect(refused.status).toBe(409)
    const form = await s.submit(formTo(refused, DOOR, 'edit'))
    expect(form.main.querySelector('h1')?.text).toBe(t.wait.formTitle)
    expect(Object.fromEntries(fieldsOf(formTo(form, DOOR)))).toMatchObject({ waitlist: 'true', name: '髙橋 太郎' })
  })
})
