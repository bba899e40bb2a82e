import { spoken } from '../spoken.ts'

/** The page around the manual. */
export const manual = spoken({
  ja: {
    title: '使い方の手引き',
    lead: '初めての準備から、予約の多い金曜日までを順に説明します。1つの文書として印刷できます。',
    contents: '目次',
  },
  en: {
    title: 'Manual',
    lead: 'From the first steps to a busy Friday, as one document to print. It is in Japanese.',
    contents: 'Contents',
  },
})
