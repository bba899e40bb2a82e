import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NotFound } from '../../../src/base/outcome.ts'
import { copyProgramme } from '../../../src/planning/copy-programme.ts'
import { importSeries } from '../../../src/planning/import-series.ts'
import { addQuestion } from '../../../src/planning/questions/add-question.ts'
import { editQuestion } from '../../../src/planning/questions/edit-question.ts'
import { moveQuestion } from '../../../src/planning/questions/move-question.ts'
import { removeQuestion } from '../../../src/planning/questions/remove-question.ts'
import { restoreQuestion, retireQuestion } from '../../../src/planning/questions/retire-question.ts'
import { askedOf, optionsOf } from '../../../src/schedule/questions.ts'
import { as, lines, mayDo } from '../../acts.ts'
import { booked } from '../../booking/fixtures.ts'
import { meanwhile } from '../../meanwhile.ts'
import { series as seriesOf } from '../../schedule/fixtures.ts'
import { application, freshKey, MITO, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())
beforeEach(() => w.run('delete from question'))

const SERIES = { series: 'ibaraki', session: null }
const DAY = { series: null, session: MITO }
const TEXT = { kind: 'text', label_ja: '駐車場を使いますか', label_en: 'Do you need parking?' }
const CHOICE = { kind: 'choice', label_ja: '交通手段', options: '車 | Car\n電車｜Train\n' }

async function added(
  given: Record<string, unknown> = TEXT,
  owner: typeof SERIES | typeof DAY = SERIES,
): Promise<string> {
  const done = await addQuestion(as(w, 'desk'), owner, given)
  if (!done.ok) throw new Error(JSON.stringify(done))
  return done.question
}

const row = (id: string) =>
  w.ctx.store.db.selectFrom('question').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const asked = async () => {
  const { questions, companions } = await askedOf(w.ctx, { id: MITO, series: 'ibaraki' })
  return [...questions.map(({ label }) => label.ja), companions]
}

describe('a question', () => {
  test('is added to a series or a day, and asked of the series first', async () => {
    await added({ ...TEXT, label_ja: 'この日だけ' }, DAY)
    const id = await added({ ...CHOICE, required: 'true' })
    await added({ ...TEXT, label_en: '' })
    expect(await asked()).toEqual(['交通手段', '駐車場を使いますか', 'この日だけ', null])
    expect(await row(id)).toMatchObject({ kind: 'choice', required: 1, position: 1, label_en: '交通手段', revision: 0 })
    expect(optionsOf(await row(id))).toEqual([
      { id: 'o1', ja: '車', en: 'Car' },
      { id: 'o2', ja: '電車', en: 'Train' },
    ])
    expect(await lines(w, id)).toEqual([
      { actor: 'desk', act: 'question.added', detail: { ...SERIES, kind: 'choice' } },
    ])
  })

  test('for the names of companions needs no words, and is required if one of several is', async () => {
    await added({ kind: 'companions' })
    expect(await asked()).toEqual(['optional'])
    await added({ kind: 'companions', required: true }, DAY)
    expect(await asked()).toEqual(['required'])
  })

  test.each([
    [{ kind: 'text' }, { label_ja: 'required' }],
    [{ kind: 'poem', label_ja: '質問' }, { kind: 'choice' }],
    [{ kind: 'text', label_ja: '長'.repeat(201) }, { label_ja: 'long' }],
    [{ kind: 'choice', label_ja: '質問' }, { options: 'required' }],
    [{ kind: 'choices', label_ja: '質問', options: ' \n | English only' }, { options: 'required' }],
    [{ kind: 'choice', label_ja: '質問', options: '車\n車' }, { options: 'choice' }],
    [{ kind: 'choice', label_ja: '質問', options: '車'.repeat(81) }, { options: 'long' }],
    [
      { kind: 'choice', label_ja: '質問', options: Array.from({ length: 31 }, (_, i) => i).join('\n') },
      { options: 'long' },
    ],
  ])('with faults is refused: %j', async (given, errors) => {
    expect(await addQuestion(as(w, 'desk'), SERIES, given)).toMatchObject({ ok: false, why: 'invalid', errors })
  })

  test('is added once for a key, and the twenty-first is refused', async () => {
    const key = freshKey()
    const first = await addQuestion(as(w, 'desk'), SERIES, { ...TEXT, key })
    expect(await addQuestion(as(w, 'desk'), SERIES, { ...TEXT, key })).toEqual(first)
    expect(await addQuestion(as(w, 'desk'), SERIES, { ...CHOICE, key })).toMatchObject({ why: 'used' })
    for (let i = 1; i < 20; i++) await added()
    expect(await addQuestion(as(w, 'desk'), SERIES, TEXT)).toMatchObject({ ok: false, why: 'many' })
  })

  test('is edited from the revision on the page; an option that is left out stays for its answers', async () => {
    const id = await added(CHOICE)
    const options = '徒歩\n車 | By car'
    const given = { label_ja: '来られる方法', options, required: 'true', revision: '0', kind: 'text' }
    expect(await editQuestion(as(w, 'desk'), id, given)).toEqual({ ok: true, question: id })
    expect(await row(id)).toMatchObject({ kind: 'choice', required: 1, label_ja: '来られる方法', revision: 1 })
    expect(optionsOf(await row(id))).toEqual([
      { id: 'o3', ja: '徒歩', en: '徒歩' },
      { id: 'o1', ja: '車', en: 'By car' },
      { id: 'o2', ja: '電車', en: 'Train', gone: true },
    ])
    expect(await editQuestion(as(w, 'desk'), id, given)).toMatchObject({ ok: false, why: 'changed' })
    await editQuestion(as(w, 'desk'), id, { ...given, options: '電車\n車 | By car', revision: '1' })
    expect(optionsOf(await row(id)).map(({ id: of, gone = false }) => [of, gone])).toEqual([
      ['o2', false],
      ['o1', false],
      ['o3', true],
    ])
  })

  test('saved as it was changes nothing', async () => {
    const id = await added()
    const before = await row(id)
    expect(await editQuestion(as(w, 'desk'), id, { ...TEXT, revision: '0' })).toEqual({ ok: true, question: id })
    expect([await row(id), await lines(w, id)]).toMatchObject([before, [{ act: 'question.added' }]])
  })

  test('moves up and down among those that are asked, and not beyond', async () => {
    const [one, two, three] = [
      await added({ ...TEXT, label_ja: '一' }),
      await added({ ...TEXT, label_ja: '二' }),
      await added({ ...TEXT, label_ja: '三' }),
    ]
    await retireQuestion(as(w, 'desk'), two)
    expect(await moveQuestion(as(w, 'desk'), three, 'up')).toEqual({ ok: true, question: three, again: false })
    expect(await asked()).toEqual(['三', '一', null])
    expect(await moveQuestion(as(w, 'desk'), three, 'up')).toMatchObject({ again: true })
    await moveQuestion(as(w, 'desk'), three, 'down')
    expect(await asked()).toEqual(['一', '三', null])
    expect(await moveQuestion(as(w, 'desk'), one, 'down')).toMatchObject({ again: false })
  })

  test('is retired, asked again, and removed only if it is retired and nobody answered it', async () => {
    const id = await added(TEXT, DAY)
    const { id: booking } = await booked(w, application({ answers: { [id]: 'はい' } }))
    expect(await removeQuestion(as(w, 'desk'), id)).toMatchObject({ ok: false, why: 'asked' })
    expect(await retireQuestion(as(w, 'desk'), id)).toEqual({ ok: true, question: id, again: false })
    expect(await retireQuestion(as(w, 'desk'), id)).toMatchObject({ again: true })
    expect(await asked()).toEqual([null])
    expect(await removeQuestion(as(w, 'desk'), id)).toMatchObject({ ok: false, why: 'answered' })
    expect(await restoreQuestion(as(w, 'desk'), id)).toMatchObject({ again: false })
    expect(await asked()).toEqual(['駐車場を使いますか', null])
    await retireQuestion(as(w, 'desk'), id)
    await w.run("update booking set answers = '{}' where id = ?", booking)
    expect(await removeQuestion(as(w, 'desk'), id)).toEqual({ ok: true, question: id })
    await expect(retireQuestion(as(w, 'desk'), id)).rejects.toThrow(NotFound)
    const acts = (await lines(w, id)).map(({ act }) => act)
    expect(acts.toSorted()).toEqual([
      'question.added',
      'question.removed',
      'question.restored',
      'question.retired',
      'question.retired',
    ])
  })

  test('that somebody else changes meanwhile is refused, or done on what is there by then', async () => {
    const id = await added()
    const other = await added({ ...TEXT, label_ja: '二' })
    const raise = () => w.run('update question set revision = revision + 1')
    const faster = () => as(meanwhile(w, raise), 'desk')
    expect(await editQuestion(faster(), id, { label_ja: '新', revision: '0' })).toMatchObject({ why: 'changed' })
    expect(await moveQuestion(faster(), id, 'down')).toMatchObject({ ok: true, again: false })
    expect(await retireQuestion(faster(), other)).toMatchObject({ ok: true, again: false })
    expect(await restoreQuestion(faster(), other)).toMatchObject({ ok: true, again: false })
    await retireQuestion(as(w, 'desk'), other)
    expect(await removeQuestion(faster(), other)).toMatchObject({ ok: false, why: 'changed' })
  })

  test('is for the desk of its prefecture and the secretariat', async () => {
    const may = ['desk', 'secretariat', 'system']
    expect(await mayDo(w, (ctx) => addQuestion(ctx, SERIES, TEXT))).toEqual(may)
    const id = await added()
    expect(await mayDo(w, (ctx) => editQuestion(ctx, id, {}))).toEqual(may)
    expect(await mayDo(w, (ctx) => moveQuestion(ctx, id, 'up'))).toEqual(may)
    expect(await mayDo(w, (ctx) => retireQuestion(ctx, id))).toEqual(may)
    expect(await mayDo(w, (ctx) => restoreQuestion(ctx, id))).toEqual(may)
    expect(await mayDo(w, (ctx) => removeQuestion(ctx, id))).toEqual(may)
    await expect(addQuestion(as(w, 'desk'), { series: 'nowhere', session: null }, TEXT)).rejects.toThrow(NotFound)
  })
})

test('a series copied into the next year asks the same, once', async () => {
  await importSeries(w.system, seriesOf({ id: 'ends', desk: 'secretariat', until: '2027-03-31' }))
  const series = 'ends'
  await addQuestion(as(w, 'secretariat'), { series, session: null }, CHOICE)
  const copies = () => w.rows("select label_ja, kind from question where series like ? || '-fy%'", series)
  const copy = () => copyProgramme(as(w, 'secretariat'), { beside: '担当が二人いるため' })
  await copy()
  const copied = await copies()
  await copy()
  expect([copied, await copies()]).toEqual([[{ label_ja: '交通手段', kind: 'choice' }], copied])
})
