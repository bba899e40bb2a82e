import { spoken } from '../spoken.ts'

/** The filter of the dates. */
export const filter = spoken({
  ja: {
    label: '日程の条件',
    prefecture: '都道府県',
    kind: '種類',
    format: '開催形式',
    free: '空きのある日だけ',
    submit: '探す',
    active: '選んでいる条件',
    remove: 'の条件を外す',
    clear: '条件をすべて外す',
  },
  en: {
    label: 'Narrow down the dates',
    prefecture: 'Prefecture',
    kind: 'Kind',
    format: 'Format',
    free: 'Only with free places',
    submit: 'Search',
    active: 'Chosen filters',
    remove: ': remove this filter',
    clear: 'Remove all filters',
  },
})

/** The calendar and the list of dates. */
export const calendar = spoken({
  ja: {
    title: (month: string) => `${month}の日程`,
    seminars: (month: string) => `${month}のセミナー`,
    consultations: (month: string) => `${month}の相談会`,
    months: '月を選ぶ',
    thisMonth: '今月',
    month: 'カレンダーで見る',
    list: '一覧で見る',
    more: (count: number) => `ほか${count}件`,
    past: (count: number) => `終了した日程（${count}件）`,
    undated: '日程未定',
    undatedText: '日にちが決まり次第、カレンダーに掲載します。',
    empty: 'この条件に合う日程は、この月にはありません。',
    emptyNext: (month: string) => `${month}の日程を見る`,
    emptyOnline: 'WEBで相談できる日程を見る',
    emptyDesks: '地域の窓口に問い合わせる',
    subscribe: 'この条件の日程を、お使いのカレンダーで見る',
    feed: 'カレンダー（.ics）',
  },
  en: {
    title: (month) => `Dates in ${month}`,
    seminars: (month) => `Seminars in ${month}`,
    consultations: (month) => `Consultations in ${month}`,
    months: 'Choose a month',
    thisMonth: 'This month',
    month: 'See as a calendar',
    list: 'See as a list',
    more: (count) => `${count} more`,
    past: (count) => `Past dates (${count})`,
    undated: 'Date to be decided',
    undatedText: 'These move into the calendar as soon as their date is set.',
    empty: 'Nothing in this month fits these filters.',
    emptyNext: (month) => `See ${month}`,
    emptyOnline: 'See online dates',
    emptyDesks: 'Contact a local desk',
    subscribe: 'See these dates in your own calendar',
    feed: 'Calendar (.ics)',
  },
})
