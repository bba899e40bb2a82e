import { spoken } from '../spoken.ts'

/** The letter that asks for the survey. */
export const survey = spoken({
  ja: {
    survey: {
      mark: '【アンケート】',
      heading: 'アンケートのお願い',
      opening: [
        '次の回は終了しました。参加された方は、よろしければアンケートにお答えください。質問は5つ、2分ほどで終わります。',
        '回答は、どなたのものか分からない形でお預かりします。お送りするのはこの1回だけです。お答えいただかなくてもかまいません。',
      ],
    },
  },
  en: {
    survey: {
      mark: '[Survey]',
      heading: 'How was it?',
      opening: [
        'This session is over. If you took part, may we ask for your feedback? There are five questions. They take about two minutes.',
        'Your answer is kept so that nobody can tell whose it is. We ask only once, and you need not answer.',
      ],
    },
  },
})

/** The link in that letter. */
export const surveyLink = spoken({
  ja: {
    title: 'アンケートに答える',
    text: (day: string) =>
      `次のリンクのページで、${day} までお答えいただけます。リンクはご本人だけのものです。ほかの人に知らせないでください。`,
    open: 'アンケートのページを開く',
  },
  en: {
    title: 'Answer the survey',
    text: (day) => `You can answer on this page until ${day}. The link is yours alone: please do not pass it on.`,
    open: 'Open the survey',
  },
})
