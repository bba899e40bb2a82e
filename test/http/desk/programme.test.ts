import { beforeEach, describe, expect, test } from 'vitest'
import { scheduleTexts } from '../../../templates/text/schedule.ts'
import { type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const t = scheduleTexts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

describe('the next year', () => {
  test('takes over what would end, once, for the secretariat alone', async () => {
    const all = await signedIn(s, 'secretariat')
    await s.run("update series set until = '2027-03-31' where id = 'ibaraki'")
    const offer = async () => (await all.page('/desk/programmes')).main.querySelector('a[href="/desk/programme"]')
    expect(await offer()).not.toBeNull()
    const look = await all.page('/desk/programme')
    expect(look.text).toContain(t.programme.anew)
    const made = await all.submit('/desk/programme')
    expect(made.text).toContain(t.programme.done.copied)
    expect(made.text).not.toContain(t.programme.anew)
    expect([made.text.includes(t.programme.made), made.text.includes(t.programme.nothingLeft)]).toEqual([true, true])
    expect(await offer()).toBeNull()
    for (let i = 0; i < 2; i++) expect((await all.submit('/desk/programme')).text).toContain(t.programme.done.again)
    expect(await s.rows("select rule, starts_on, until from series where id like 'ibaraki-fy%'")).toEqual([
      { rule: 'FREQ=WEEKLY;BYDAY=FR', starts_on: '2027-04-01', until: '2028-03-31' },
    ])
    expect(await s.column("select fiscal_year from programme where id = 'fy2027'")).toEqual([2027])
    expect((await desk.post('/desk/programme')).status).toBe(403)
  })
})

test('copying the year several times copies no copies, neither by rule nor by dates', async () => {
  const all = await signedIn(s, 'secretariat')
  await s.run("update series set until = '2027-03-31' where rule is not null")
  await all.submit('/desk/programme')
  const once = await s.column('select id from series order by id')
  for (let i = 0; i < 3; i++) await Promise.all([all.submit('/desk/programme'), all.submit('/desk/programme')])
  expect(await s.column('select id from series order by id')).toEqual(once)
})
