import { beforeEach, describe, expect, test } from 'vitest'
import { deskTexts } from '../../../templates/text/desk.ts'
import { type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const d = deskTexts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

describe('the survey', () => {
  const answer = (id: string, prefecture: string, comment: string) =>
    s.run(
      `insert into survey_answer (id, programme, prefecture, kind, month, satisfaction, understood, telework, recommend, comment)
       values (?, 'fy2026', ?, 'consultation', '2026-11', 5, 4, 'started', 3, ?)`,
      id,
      prefecture,
      comment,
    )

  test('is told from three answers on, of one’s own prefectures, and of all only to the secretariat', async () => {
    for (const id of ['a', 'b']) await answer(id, '08', '')
    expect((await desk.page('/desk/survey')).text).toContain(d.survey.few.what)
    await answer('c', '08', 'とても参考になりました')
    const own = await desk.page('/desk/survey?month=2026-11')
    expect(own.text).toContain(d.survey.answers(3))
    expect(own.text).toContain(d.survey.mean(5))
    expect(own.text).toContain('とても参考になりました')
    expect((await desk.page('/desk/survey?prefecture=13')).status).toBe(403)
    expect((await (await signedIn(s, 'secretariat')).page('/desk/survey')).text).toContain(d.survey.answers(3))
  })
})
