import { spoken } from '../spoken.ts'

/** The list of requests for an expert, in the console. */
export const requestList = spoken({
  ja: {
    title: '専門家への相談',
    lead: '専門家への相談のお申し込みを、新しい順に100件まで表示します。お問い合わせのときは、受付番号で探せます。',
    empty: '専門家への相談のお申し込みは、まだありません。',
    columns: {
      number: '受付番号',
      company: '企業・団体',
      applied: '受け付けた日時',
      topic: '相談の内容',
      state: '状態',
    },
    erased: '（削除済み）',
  },
  en: {
    title: 'Requests for an expert',
    lead: 'The newest requests for an expert, at most 100. If a firm calls, look for its number.',
    empty: 'There are no requests for an expert yet.',
    columns: { number: 'Number', company: 'Firm', applied: 'Received', topic: 'Topic', state: 'State' },
    erased: '(erased)',
  },
})
