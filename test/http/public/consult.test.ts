import { beforeEach, describe, expect, test } from 'vitest'
import { consultTexts } from '../../../templates/text/consult.ts'
import { expert, offerWrite } from '../../experts/fixtures.ts'
import { type Fields, fieldsOf, formTo, type Page, type Site, site } from '../app.ts'

const { form: f, page: p } = consultTexts('ja')

let s: Site
beforeEach(async () => {
  s = await site({ env: { SMTP_URL: 'smtp://localhost' } })
})

/** What a firm types. */
const TYPED: Record<string, string | string[]> = {
  topics: 'security',
  topics_more: ['ict', 'security'],
  stage: 'preparing',
  message: '<b>何から</b>始めればよいか',
  formats: 'online',
  formats_more: ['visit'],
  address: '水戸市三の丸1-1',
  wished_date: ['12/3', '', '2026-12-04'],
  wished_half: ['morning', 'any', 'any'],
  organisation: 'company',
  company: '株式会社すみれ',
  prefecture: '08',
  municipality: '水戸市',
  employees: '１２',
  name: '髙橋 花子',
  name_kana: 'たかはし はなこ',
  email: 'hanako@example.jp',
  phone: '029-224-0001',
  consent: 'true',
}

/** What the form sends if it is filled in with this. */
async function filled(changes: Record<string, string | string[]> = {}): Promise<Fields> {
  const page = await s.page('/consult')
  const values = { ...TYPED, ...changes }
  const lists = ['wished_date', 'wished_half']
  const known = Object.fromEntries(Object.entries(values).filter(([name]) => !lists.includes(name)))
  const rest = fieldsOf(formTo(page, '/consult'), known).filter(([name]) => !lists.includes(name))
  return [...rest, ...lists.flatMap((name) => [values[name] ?? []].flat().map((one): [string, string] => [name, one]))]
}

const reviewed = async (changes: Record<string, string | string[]> = {}) => {
  const fields = await filled(changes)
  return s.submit(formTo(await s.page('/consult'), '/consult'), fields)
}

/** Applies for an expert, by the three steps. */
async function applied(changes: Record<string, string | string[]> = {}): Promise<Page> {
  return s.submit(formTo(await reviewed(changes), '/consult', 'ask'))
}

const linkOf = (page: Page) => page.main.querySelector('a.btn[href^="/c/"]')?.getAttribute('href') ?? ''
const requests = () => s.rows<{ id: string; from_booking: string | null }>('select * from request')

describe('/consult', () => {
  test('home leads to it', async () => {
    const home = await s.page('/')
    expect(home.root.querySelector('a[href="/consult"]')?.text.trim()).toBe('専門家に相談する（無料）')
    expect((await s.page('/consult')).text).toContain(f.visits(3))
  })

  test('shows everything once more before anything is made', async () => {
    const page = await reviewed()
    expect(page.status).toBe(200)
    expect(page.text).toContain(f.review.notYet.what)
    for (const said of [
      '<b>何から</b>始めればよいか',
      'セキュリティ',
      'WEB、訪問',
      '水戸市三の丸1-1',
      'タカハシ ハナコ',
      '12月3日(木) 午前、12月4日(金) いつでも',
    ]) {
      expect(page.text).toContain(said)
    }
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(await requests()).toEqual([])
  })

  test('makes a request, and shows its number and what comes next', async () => {
    const done = await applied()
    expect(done.text).toContain('IB-T-0001')
    for (const step of p.done.nextText) expect(done.text).toContain(step)
    expect(await requests()).toMatchObject([
      {
        topics: 'security,ict',
        formats: 'online,visit',
        wished: '[{"date":"2026-12-03","half":"morning"},{"date":"2026-12-04","half":"any"}]',
        employees: 12,
        channel: 'web',
        from_booking: null,
      },
    ])
    expect(s.nudges()).toBeGreaterThan(0)
  })

  test('sent twice is one request', async () => {
    const review = formTo(await reviewed(), '/consult', 'ask')
    const both = [await s.submit(review), await s.submit(review)]
    expect(both.map(({ text }) => text.includes('IB-T-0001'))).toEqual([true, true])
    expect(await requests()).toHaveLength(1)
  })

  test('keeps what was typed, and says at each field what is wrong', async () => {
    const page = await reviewed({
      company: '',
      formats: 'visit',
      address: ' ',
      wished_date: ['2026-11-01', '', ''],
      consent: '',
    })
    expect(page.status).toBe(422)
    for (const field of ['company', 'address', 'wished', 'consent']) {
      expect([field, page.root.querySelector(`#${field}-error`) !== null]).toEqual([field, true])
      expect(page.root.querySelector(`a[href="#${field}"]`)).not.toBeNull()
    }
    const kept = fieldsOf(formTo(page, '/consult'))
    expect(kept).toContainEqual(['message', '<b>何から</b>始めればよいか'])
    expect(kept).toContainEqual(['topics_more', 'ict'])
    expect(kept).toContainEqual(['wished_date', '2026-11-01'])
    expect(page.title).toMatch(/^入力エラー: /)
  })

  test('goes back from the review to the form with everything', async () => {
    const page = await s.submit(formTo(await reviewed(), '/consult', 'edit'))
    const kept = fieldsOf(formTo(page, '/consult'))
    for (const field of [
      ['topics', 'security'],
      ['formats_more', 'visit'],
      ['wished_date', '12/3'],
      ['wished_half', 'morning'],
      ['consent', 'true'],
    ]) {
      expect(kept).toContainEqual(field)
    }
  })

  test('asks about an address that looks like a slip', async () => {
    expect((await reviewed({ email: 'hanako@gmial.com' })).text).toContain('hanako@gmail.com')
  })

  test('says to a firm with an open request where its link went, and shows nothing of it', async () => {
    await applied()
    const page = await applied({ email: 'other@example.jp', message: '' })
    expect(page.status).toBe(409)
    expect(page.text).toContain(f.refused.twice.what)
    expect(page.text).not.toContain('IB-T-0001')
    expect(linkOf(page)).toBe('')
    expect(await s.column("select kind from outbox where about = 'request' order by kind")).toEqual([
      'asked',
      'request_link',
    ])
  })

  test('says how many visits were used, and whom to call', async () => {
    const link = linkOf(await applied())
    await s.submit(formTo(await s.page(`${link}/withdraw`), `${link}/withdraw`))
    await s.run('update entitlement set used = 3')
    const page = await applied()
    expect(page.status).toBe(409)
    expect(page.text).toContain(f.usedUp(3).what)
    expect(page.root.querySelector('a[href^="tel:"]')).not.toBeNull()
  })

  test('has no form once it is too late in the year', async () => {
    await s.run("update programme set experts_until = '2026-11-21' where id = 'fy2026'")
    const page = await s.page('/consult')
    expect([page.status, page.root.querySelector('form#form')]).toEqual([200, null])
    expect(page.text).toContain(f.closed.what)
  })

  test('in English asks for no kana, and answers in English', async () => {
    const page = await s.page('/consult?lang=en')
    expect(page.text).toContain(consultTexts('en').form.title)
  })

  test('refuses what another site sends, and more than sixty forms in ten minutes', async () => {
    const limited = await site({ env: { RATE_LIMIT: 'on' } })
    const fields = await filled()
    expect((await limited.post('/consult', fields, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    const first = await limited.post('/consult', fields)
    for (let i = 0; i < 59; i++) await limited.post('/consult', [])
    expect([first.status, (await limited.post('/consult', fields)).status]).toEqual([200, 429])
  })

  test('says after Back whether it was sent', async () => {
    const review = await reviewed()
    const after = review.root.querySelector('[data-unkept]')?.getAttribute('data-unkept') ?? ''
    expect((await s.page(after)).text).toContain(f.sent.notYet.what)
    await s.submit(formTo(review, '/consult', 'ask'))
    expect((await s.page(after)).text).toContain(f.sent.made.what)
  })
})

describe('/c/:token', () => {
  test('says where the request stands with its day, and GET changes nothing', async () => {
    const link = linkOf(await applied())
    const before = await requests()
    for (const tail of ['', '/withdraw', '/erase', '/done']) {
      const page = await s.page(`${link}${tail}`)
      expect(page.status).toBe(200)
      expect(page.headers.get('cache-control')).toBe('no-store')
      expect(page.headers.get('referrer-policy')).toBe('no-referrer')
      await s.ask(`${link}${tail}`, { method: 'HEAD' })
    }
    expect(await requests()).toEqual(before)
    const page = await s.page(link)
    expect(page.text).toContain(p.says.matching('2026年11月22日(日)'))
    expect(page.text).toContain(p.visitsText(0, 3))
    expect((await s.page('/c/nothing')).status).toBe(404)
  })

  test('shows the expert only after acceptance', async () => {
    const link = linkOf(await applied())
    const [{ id } = { id: '' }] = await requests()
    await expert(s, 'expert', { name: '専門 一郎' })
    await s.ctx.store.commit(offerWrite(s, { request: id, expert: 'expert', id: 'm' }))
    expect((await s.page(link)).text).not.toContain('専門 一郎')
    await s.run("update match set state = 'accepted'")
    await s.run("update request set state = 'matched', matched_at = '2026-11-24T01:00:00.000Z'")
    const page = await s.page(link)
    expect(page.text).toContain('専門 一郎')
    expect(page.text).toContain(p.says.matched('2026年11月24日(火)'))
  })

  test('is withdrawn through a look, and says so', async () => {
    const link = linkOf(await applied())
    const look = await s.page(`${link}/withdraw`)
    expect(look.text).toContain(p.withdraw.text)
    const page = await s.submit(formTo(look, `${link}/withdraw`))
    expect(page.text).toContain(p.withdraw.done)
    expect(page.text).toContain(p.says.withdrawn('2026年11月22日(日)'))
    expect(page.root.querySelector(`a[href="${link}/withdraw"]`)).toBeNull()
  })

  test('that changed since the look is asked about once more', async () => {
    const link = linkOf(await applied())
    const look = formTo(await s.page(`${link}/withdraw`), `${link}/withdraw`)
    await s.run("update request set state = 'matched', matched_at = applied_at")
    const page = await s.submit(look)
    expect([page.status, page.text.includes(p.refused.changed.what)]).toEqual([409, true])
    expect(await s.column('select state from request')).toEqual(['matched'])
  })

  test('is erased through a look; then its link leads nowhere', async () => {
    const link = linkOf(await applied())
    const page = await s.submit(formTo(await s.page(`${link}/erase`), `${link}/erase`))
    expect(page.text).toContain(p.erase.doneText)
    expect((await s.page(link)).status).toBe(404)
    expect(await s.column('select name from request')).toEqual([''])
  })

  test('is in no log', async () => {
    const logged = await site({ level: 'info' })
    await logged.ask('/c/a-token-that-is-a-secret')
    await new Promise((resolve) => setImmediate(resolve))
    expect(logged.lines.join('')).not.toContain('a-token-that-is-a-secret')
  })
})

describe('from a booking', () => {
  test('what is known of the firm is filled in, by a form and never in an address', async () => {
    const booking = await s.booked({
      company: '株式会社すみれ',
      topics: ['labour', 'ict'],
      employees: 12,
      corporate_number: null,
    })
    const page = await s.submit(formTo(await s.page(`/b/${booking.token}`), '/consult', 'from'))
    const kept = fieldsOf(formTo(page, '/consult'))
    for (const field of [
      ['company', '株式会社すみれ'],
      ['topics', 'labour'],
      ['topics_more', 'ict'],
      ['employees', '12'],
      ['prefecture', '08'],
    ]) {
      expect(kept).toContainEqual(field)
    }
    const review = await s.submit(
      formTo(page, '/consult'),
      [...kept, ['formats', 'phone'], ['municipality', '水戸市'], ['consent', 'true']].filter(
        ([name, value]) => name !== 'municipality' || value !== '',
      ) as Fields,
    )
    await s.submit(formTo(review, '/consult', 'ask'))
    expect((await requests()).map(({ from_booking }) => from_booking)).toEqual([booking.id])
  })

  test('with a link of nobody the form is empty', async () => {
    const page = await s.post('/consult', [
      ['from', 'nothing'],
      ['step', 'from'],
    ])
    expect(page.status).toBe(200)
  })
})
