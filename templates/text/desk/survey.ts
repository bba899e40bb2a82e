import { spoken } from '../spoken.ts'

/** The results of the survey. */
export const survey = spoken({
  ja: {
    title: 'アンケートの集計',
    lead: '参加した方の声です。誰の回答かは分かりません。3件に満たないときは表示しません。',
    month: '開催の月',
    answers: (count: number) => `${count}件の回答`,
    mean: (mean: number) => `平均 ${mean.toFixed(1)} / 5`,
    few: { what: '回答が3件に満たないため、表示しません。', next: '月や都道府県の範囲を広げてください。' },
  },
  en: {
    title: 'Survey',
    lead: 'What people said afterwards. Answers are anonymous; fewer than three are not shown.',
    month: 'Month held',
    answers: (count) => (count === 1 ? '1 answer' : `${count} answers`),
    mean: (mean) => `mean ${mean.toFixed(1)} of 5`,
    few: { what: 'There are fewer than three answers.', next: 'Choose a wider period or another prefecture.' },
  },
})
