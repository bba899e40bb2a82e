import { beforeEach, expect, test } from 'vitest'
import { callOff } from '../../../../src/changes/call-off.ts'
import { addDesk } from '../../../../src/people/add-desk.ts'
import { deliverWebhooks } from '../../../../src/webhooks/deliver-webhooks.ts'
import { deskTexts } from '../../../../templates/text/desk.ts'
import { desk as office } from '../../../schedule/fixtures.ts'
import { deliveries } from '../../../webhooks/fixtures.ts'
import { MITO } from '../../../world.ts'
import { fieldsOf, formTo, type Page, type Site, site } from '../../app.ts'
import { type Staff, signedIn } from '../fixtures.ts'

const t = deskTexts('ja').webhooks
const URL = 'https://hooks.example.jp/sessions?of=08'

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  await addDesk(s.system, office())
  await s.run("update session set desk = 'mito' where id = ?", MITO)
  desk = await signedIn(s, 'desk', '08')
})

/** Adds a webhook by the form. Returns its page. */
async function added(changes: Record<string, string | string[]> = {}): Promise<{ page: Page; path: string }> {
  const form = formTo(await desk.page('/desk/webhooks/new'), '/desk/webhooks/new')
  const page = await desk.submit(
    '/desk/webhooks/new',
    fieldsOf(form, { url: URL, types: ['session.called_off', 'session.full'], desk: 'mito', ...changes }),
  )
  const [id = ''] = await s.column<string>('select id from webhook order by id desc')
  return { page, path: `/desk/webhooks/${id}` }
}

test('a desk finds webhooks under its settings, and adds one of its own desk once', async () => {
  expect((await desk.page('/desk/security')).main.querySelector('a[href="/desk/webhooks"]')).not.toBeNull()
  expect((await desk.page('/desk/webhooks')).text).toContain(t.empty)
  const form = formTo(await desk.page('/desk/webhooks/new'), '/desk/webhooks/new')
  expect(form.querySelectorAll('select option').map((one) => one.getAttribute('value'))).toEqual(['mito'])
  const fields = fieldsOf(form, { url: URL, types: ['session.called_off'], desk: 'mito' })
  expect((await desk.submit('/desk/webhooks/new', fields)).text).toContain(t.done.added)
  await desk.submit('/desk/webhooks/new', fields)
  expect(await s.column('select desk from webhook')).toEqual(['mito'])
  const list = await desk.page('/desk/webhooks')
  expect([list.text.includes(URL), list.text.includes(t.types['session.called_off'])]).toEqual([true, true])
  expect((await desk.page('/desk/webhooks?lang=en')).text).toContain(deskTexts('en').webhooks.states.active)
  expect(await s.column("select act from journal where act like 'webhook.%'")).toEqual(['webhook.added'])
})

test.each([
  ['http://hooks.example.jp/'],
  ['https://10.0.0.1/'],
  ['https://[::1]/'],
  ['https://localhost/'],
  ['https://printer.local/'],
  ['https://name:word@hooks.example.jp/'],
  ['https://2130706433/'],
  ['nonsense'],
])('%s is no address of a webhook in production', async (url) => {
  s.ctx.config.environment = 'production'
  const { page } = await added({ url })
  expect(page.status).toBe(422)
  expect(page.text).toContain(`${t.labels.url}は、https:// で始まるアドレスを入力してください`)
  expect(await s.column('select id from webhook')).toEqual([])
})

test('a faulty form keeps what was typed and says what is missing', async () => {
  const { page } = await added({ url: '', types: [] })
  expect(page.status).toBe(422)
  expect(page.text).toContain(`${t.labels.types}を選んでください`)
  expect((await added({ desk: 'secretariat' })).page.status).toBe(403)
  expect((await added({ desk: 'nowhere' })).page.status).toBe(422)
})

test('the secret is shown when asked for, rotated, and its journal says so', async () => {
  const { page, path } = await added()
  expect(page.body).not.toContain('whsec_')
  const shown = await desk.submit(`${path}/secret`)
  const [secret = ''] = /whsec_[\w+/=]+/.exec(shown.body) ?? []
  expect(secret).not.toBe('')
  const [stored = ''] = await s.column<string>('select secret from webhook')
  expect(stored).not.toContain(secret.slice(6))
  expect((await desk.submit(`${path}/rotate`)).text).toContain(t.done.rotated)
  const after = await desk.submit(`${path}/secret`)
  expect([after.body.includes('whsec_'), after.body.includes(secret)]).toEqual([true, false])
  expect(after.text).toContain('前の鍵でも署名します')
  const acts = await s.column<string>("select act from journal where act like 'webhook.%' order by act")
  expect(acts).toEqual(['webhook.added', 'webhook.rotated', 'webhook.secret_shown', 'webhook.secret_shown'])
})

test('deliveries are listed with their state, and sent again', async () => {
  const { path } = await added()
  await callOff(s.system, MITO, { reason_ja: '大雪のため', reason_en: '' })
  expect((await desk.page(path)).text).toContain(t.deliveryStates.waiting)
  await deliverWebhooks(s.system, async () => ({ fault: 'private' }), 'sender')
  await s.run("update webhook_delivery set state = 'failed'")
  const page = await desk.page(path)
  expect([page.text.includes(t.faults.private), page.text.includes(t.againAll)]).toEqual([true, true])
  expect((await desk.page('/desk/webhooks')).main.querySelectorAll('tbody td').at(-1)?.text.trim()).toBe('1')
  const form = page.main.querySelectorAll(`form[action="${path}/again"]`).at(-1)
  if (!form) throw new Error('no button')
  expect((await desk.submit(`${path}/again`, fieldsOf(form))).text).toContain(t.done.again)
  expect(await deliveries(s)).toMatchObject([{ state: 'waiting', attempts: 0, fault: null }])
  expect((await desk.submit(`${path}/again`)).text).toContain(t.closed.what)
})

test('a webhook is edited from what was shown, paused, resumed, and deleted after a look', async () => {
  const { path } = await added()
  const fields = fieldsOf(formTo(await desk.page(path), path), { types: ['session.free'] })
  expect((await desk.submit(path, fields)).text).toContain(t.done.saved)
  const late = await desk.submit(path, fields)
  expect([late.status, late.text.includes(t.changed.what)]).toEqual([409, true])
  expect(await s.column('select types from webhook')).toEqual([',session.free,'])
  expect((await desk.submit(`${path}/pause`)).text).toContain(t.states.paused)
  expect((await desk.submit(`${path}/resume`)).text).toContain(t.states.active)
  const look = formTo(await desk.page(`${path}/delete`), `${path}/delete`)
  await desk.submit(path, fieldsOf(formTo(await desk.page(path), path), { types: ['session.full'] }))
  expect((await desk.submit(`${path}/delete`, fieldsOf(look))).status).toBe(409)
  const anew = formTo(await desk.page(`${path}/delete`), `${path}/delete`)
  expect((await desk.submit(`${path}/delete`, fieldsOf(anew))).text).toContain(t.done.deleted)
  expect(await s.column('select id from webhook')).toEqual([])
})

test('a desk neither sees nor changes the webhooks of others; the secretariat keeps those of all desks', async () => {
  const { path } = await added()
  const other = await signedIn(s, 'desk', '13')
  expect((await other.page('/desk/webhooks')).text).toContain(t.empty)
  expect((await other.page(path)).status).toBe(403)
  const all = await signedIn(s, 'secretariat')
  const form = formTo(await all.page('/desk/webhooks/new'), '/desk/webhooks/new')
  await all.submit('/desk/webhooks/new', fieldsOf(form, { url: URL, types: ['session.full'], desk: '' }))
  expect(new Set(await s.column('select desk from webhook'))).toEqual(new Set(['mito', null]))
  expect((await all.page('/desk/webhooks')).text).toContain(t.all)
  expect((await desk.page('/desk/webhooks')).text).not.toContain(t.all)
})
