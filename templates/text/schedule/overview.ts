import { spoken } from '../spoken.ts'

/** The schedule by month, week and list. */
export const overview = spoken({
  ja: {
    title: '日程',
    views: { month: '月', week: '週', list: '一覧' },
    prev: '前へ',
    next: '次へ',
    today: '今日',
    prefecture: '都道府県',
    all: '担当地域すべて',
    go: '表示する',
    empty: '開催はありません。',
    of: (taken: number, capacity: number | null) => (capacity === null ? `${taken}名` : `${taken}/${capacity}`),
    undated: '日程未定',
    ways: {
      series: '定期開催',
      desks: '窓口',
      venues: '会場',
      closures: '休止日',
      suspensions: '対面開催の停止',
      programmes: '年度',
    },
  },
  en: {
    title: 'Schedule',
    views: { month: 'Month', week: 'Week', list: 'List' },
    prev: 'Previous',
    next: 'Next',
    today: 'Today',
    prefecture: 'Prefecture',
    all: 'All my prefectures',
    go: 'Show',
    empty: 'There are no sessions.',
    of: (taken, capacity) => (capacity === null ? `${taken}` : `${taken}/${capacity}`),
    undated: 'Without a date',
    ways: {
      series: 'Series',
      desks: 'Desks',
      venues: 'Venues',
      closures: 'Closures',
      suspensions: 'Suspensions',
      programmes: 'Fiscal years',
    },
  },
})
