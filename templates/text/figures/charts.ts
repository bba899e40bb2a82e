import { spoken } from '../spoken.ts'

/** Titles and descriptions of the charts. */
export const charts = spoken({
  ja: {
    table: '数値の表',
    drawing: (title: string) => `${title}の図`,
    name: '区分',
    bookings: '申込件数',
    people: '申込人数',
    attended: '参加人数',
    bars: (title: string, largest: string) => `${title}の横棒グラフ。最も多いのは${largest}。`,
    columns: (title: string, largest: string) => `${title}の縦棒グラフ。最も多いのは${largest}。`,
    map: (title: string, largest: string) =>
      `${title}を47都道府県のます目で表した図。最も多いのは${largest}。数は各ますと表に記載。`,
    point: (name: string, value: number) => `${name}の${value}件`,
    nothing: 'なし',
    month: '月ごとの申込件数',
    prefecture: '都道府県ごとの申込件数',
    industry: '業種ごとの申込件数',
    size: '従業員数ごとの申込件数',
    format: '開催形式ごとの申込件数',
    channel: '受付経路ごとの申込件数',
    legend: '色が濃いほど多く、数はますの中に示します。',
  },
  en: {
    table: 'The numbers as a table',
    drawing: (title) => `${title}, chart`,
    name: 'Group',
    bookings: 'Applications',
    people: 'People applied for',
    attended: 'People who attended',
    bars: (title, largest) => `Bar chart: ${title}. The largest is ${largest}.`,
    columns: (title, largest) => `Column chart: ${title}. The largest is ${largest}.`,
    map: (title, largest) =>
      `The 47 prefectures as tiles: ${title}. The largest is ${largest}. The numbers are in the tiles and in the table.`,
    point: (name, value) => `${name} with ${value}`,
    nothing: 'none',
    month: 'Applications by month',
    prefecture: 'Applications by prefecture',
    industry: 'Applications by industry',
    size: 'Applications by number of employees',
    format: 'Applications by format',
    channel: 'Applications by channel',
    legend: 'Darker tiles have more applications. The numbers are in the tiles.',
  },
})
