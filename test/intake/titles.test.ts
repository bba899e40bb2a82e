import { describe, expect, test } from 'vitest'
import { titleOf } from '../../src/intake/titles.ts'
import { read } from '../../src/notices/read.ts'
import type { SessionRow } from '../../src/store/schema.ts'

const LATEST = { kind: 'consultation', title_ja: 'テレワーク無料相談会', title_en: 'Free telework consultation day' }
const latest = LATEST as SessionRow
const DAYS = '12月8日(火) 10:00～12:00 相談\n12月15日(火) 10:00～12:00 相談'

const recordOf = (text: string) => {
  const [found] = read(
    text.split('\n').map((line) => line.split('\t')),
    '2026-11-22',
  ).records
  if (!found) throw new Error(`no day in ${text}`)
  return found
}
const named = (text: string, like?: SessionRow) => titleOf(recordOf(text), like).title_ja

describe('the name of a new session', () => {
  test.each([
    '令和8年度 相談会開催日程',
    '令和８年度テレワーク相談会　開催日程表',
    '相談会日程一覧（令和8年12月～令和9年3月）',
    'テレワーク相談会の開催日程の変更について（お知らせ）',
    '件名：令和8年度テレワーク相談会の実施に係る周知について（依頼）',
    'テレワーク個別相談会のご案内',
    '【12月～1月】相談会スケジュール',
    '個別相談会',
    '相談会 日程変更のお知らせ',
  ])('is that of the latest session if the heading only announces: %s', (heading) => {
    expect(titleOf(recordOf(`${heading}\n${DAYS}`), latest)).toEqual({
      title_ja: LATEST.title_ja,
      title_en: LATEST.title_en,
    })
  })

  test.each([
    ['令和8年度 相談会開催日程', 'テレワーク相談会'],
    ['件名：令和8年度相談会の実施に係る周知について（依頼）', 'テレワーク相談会'],
    ['令和8年度 いばらきテレワーク相談会 開催日程', 'いばらきテレワーク相談会'],
    ['テレワーク相談会 2026年12月～2027年1月', 'テレワーク相談会'],
    ['はじめてのテレワーク導入セミナー開催のお知らせ', 'はじめてのテレワーク導入セミナー'],
  ])('is the rest of the heading, or a plain one, if nothing was held before: %s', (heading, name) => {
    expect(named(`${heading}\n${DAYS.replaceAll(' 相談', '')}`)).toBe(name)
  })

  test.each(['はじめてのテレワークセミナー', '建設業のためのテレワーク相談会', 'いばらき働き方セミナー2026'])(
    'is the heading if it is a name: %s',
    (heading) => {
      expect(named(`${heading}\n${DAYS.replaceAll(' 相談', '')}`, latest)).toBe(heading)
    },
  )

  test('is the printed one if a cell or a label has it, whatever it says', () => {
    expect(named('令和8年度 相談会開催日程\n開催日\tセミナー名\n12月8日(火)\t在宅勤務のご案内', latest)).toBe(
      '在宅勤務のご案内',
    )
    expect(named('事業名：令和8年度出張相談\n12月8日(火) 10:00～12:00', latest)).toBe('令和8年度出張相談')
  })
})
