import { spoken } from '../spoken.ts'

/** Copying the series into the next fiscal year. */
export const programme = spoken({
  ja: {
    title: (year: number) => `${year}年度へ引き継ぐ`,
    lead: '今年度の定期開催を、来年度へ引き継ぎます。曜日で決まるものは同じ繰り返しの設定で、日にちで決まるものは同じ曜日の日にちになります。',
    goesOn: 'そのまま続きます',
    anew: '来年度の分を新しく作成します',
    go: (year: number) => `${year}年度へ引き継ぐ`,
    made: '来年度の分を作成済み',
    done: { copied: '引き継ぎました。', again: '変更はありません。すでに引き継いでいます。' },
    nothingLeft: 'すべて引き継いでいます。',
    none: '引き継ぐものはありません。',
  },
  en: {
    title: (year) => `Copy into fiscal year ${year}`,
    lead: 'The series of this year continue in the next: by the same rule, or on dates with the same weekday.',
    goesOn: 'continues automatically',
    anew: 'is created for the next year',
    go: (year) => `Copy into fiscal year ${year}`,
    made: 'already created for the next year',
    done: { copied: 'Copied.', again: 'Nothing changed. It was copied before.' },
    nothingLeft: 'Everything is copied.',
    none: 'There is nothing to copy.',
  },
})
