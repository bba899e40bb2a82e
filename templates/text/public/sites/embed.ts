import { spoken } from '../../spoken.ts'

/** The frame on pages of other sites, and how to get it. */
export const embed = spoken({
  ja: {
    both: '相談会・セミナー',
    title: (where: string, what: string) => `${where}のテレワーク${what}`,
    none: '今のところ、予定はありません。',
    more: 'すべての日程を見る',
    open: '日程のページを開く',
    heading: 'ホームページに載せる',
    text: '次の HTML を貼り付けると、これからの日程を10件まで表示します。お申し込みは、このサイトのページが開きます。スクリプトも Cookie も使いません。',
    label: '貼り付ける HTML',
    copy: 'HTML をコピー',
    preview: '表示を確かめる',
  },
  en: {
    both: 'consultations and seminars',
    title: (where, what) => `Telework: ${what.toLowerCase()}, ${where}`,
    none: 'There are no dates for now.',
    more: 'See all dates',
    open: 'Open the page of dates',
    heading: 'Show the dates on your own page',
    text: 'Paste this HTML to show up to ten coming dates. Booking opens a page of this site. It uses no script and no cookie.',
    label: 'HTML to paste',
    copy: 'Copy the HTML',
    preview: 'See what it shows',
  },
})
