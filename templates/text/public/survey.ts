import type { Telework } from '../../../src/store/schema.ts'
import type { Mark, Marked, SurveyState } from '../../../src/survey/survey.ts'
import { spoken, type What } from '../spoken.ts'

/** The survey after a session. */
export const survey = spoken({
  ja: {
    title: 'アンケート',
    lead: '今後のよりよい運営のために、5つの質問にお答えください。2分ほどで終わります。',
    anonymous:
      '回答は、お名前やご予約と切り離し、開催の年度・都道府県・種類・月とだけ一緒に保存します。どなたの回答か分からなくなるため、送信後の変更や取り消しはできません。',
    labels: {
      satisfaction: '満足度',
      understood: '分かりやすさ',
      telework: 'テレワークの予定',
      recommend: 'お勧めの度合い',
      comment: 'ご意見・ご感想',
    },
    questions: {
      satisfaction: '今回の内容にご満足いただけましたか',
      understood: '説明は分かりやすかったですか',
      telework: 'これからテレワークを始めますか',
      recommend: 'お知り合いの会社や団体にも勧めたいと思いますか',
      comment: 'ご意見・ご感想がありましたらお聞かせください',
    },
    commentHelp: '1000文字以内。お名前や会社名など、個人が特定できることは書かないでください。',
    marks: {
      satisfaction: {
        5: 'とても満足',
        4: 'やや満足',
        3: 'どちらともいえない',
        2: 'やや不満',
        1: 'とても不満',
      },
      understood: {
        5: 'とても分かりやすかった',
        4: 'やや分かりやすかった',
        3: 'どちらともいえない',
        2: 'やや分かりにくかった',
        1: 'とても分かりにくかった',
      },
      recommend: {
        5: 'ぜひ勧めたい',
        4: 'やや勧めたい',
        3: 'どちらともいえない',
        2: 'あまり勧めたくない',
        1: 'まったく勧めたくない',
      },
    } satisfies Record<Marked, Record<Mark, string>>,
    teleworks: {
      started: 'すでに始めた',
      within_year: '1年以内に始める予定',
      considering: '検討している',
      no: '始める予定はない',
    } satisfies Record<Telework, string>,
    submit: 'アンケートを送信する',
    states: {
      answered: {
        what: 'アンケートにお答えいただきました。ありがとうございました。',
        next: 'アンケートのご回答は、お一人1回までです。',
      },
      early: {
        what: 'アンケートには、まだお答えいただけません。',
        next: '開催の終了後に、このページでお答えいただけます。',
      },
      over: {
        what: 'アンケートの受付は終了しました。',
        next: '受付は、開催の日から30日間でした。ご意見は、窓口にお電話でもお聞かせください。',
      },
      none: {
        what: 'このご予約のアンケートはありません。',
        next: '開催されなかった回、キャンセルや欠席となったご予約では、アンケートをお願いしていません。',
      },
    } satisfies Record<Exclude<SurveyState, 'open'>, What>,
    changed: {
      what: 'ほかの操作と重なったため、送信できませんでした。',
      next: '内容はそのまま残っています。もう一度「アンケートを送信する」を押してください。',
    } satisfies What,
    ask: '終わった回のアンケートを受け付けています。',
    open: 'アンケートに答える',
    booking: 'ご予約の内容を見る',
  },
  en: {
    title: 'Survey',
    lead: 'Please answer five questions, so that we can do better. They take about two minutes.',
    anonymous:
      'Your answer is kept apart from your name and booking, with nothing but the fiscal year, prefecture, kind and month of the session. Nobody can tell whose it is, so it cannot be changed or withdrawn once it is sent.',
    labels: {
      satisfaction: 'How satisfied you are',
      understood: 'How clear it was',
      telework: 'Your plans for telework',
      recommend: 'Whether you recommend it',
      comment: 'Your comment',
    },
    questions: {
      satisfaction: 'How satisfied are you?',
      understood: 'Was it easy to understand?',
      telework: 'Will you start telework?',
      recommend: 'Would you recommend it to other companies?',
      comment: 'Anything you would like to tell us',
    },
    commentHelp: 'Up to 1000 characters. Please do not write anything that identifies you, such as a name or company',
    marks: {
      satisfaction: {
        5: 'Very satisfied',
        4: 'Rather satisfied',
        3: 'Neither',
        2: 'Rather dissatisfied',
        1: 'Very dissatisfied',
      },
      understood: { 5: 'Very easy', 4: 'Rather easy', 3: 'Neither', 2: 'Rather hard', 1: 'Very hard' },
      recommend: { 5: 'Certainly', 4: 'Probably', 3: 'Perhaps', 2: 'Probably not', 1: 'Certainly not' },
    },
    teleworks: {
      started: 'We have started',
      within_year: 'Yes, within a year',
      considering: 'We are thinking about it',
      no: 'No',
    },
    submit: 'Send my answer',
    states: {
      answered: {
        what: 'You have answered the survey. Thank you very much.',
        next: 'It can be answered once, and we have your answer.',
      },
      early: {
        what: 'The survey is not open yet.',
        next: 'You can answer it on this page once the session is over.',
      },
      over: {
        what: 'The survey is over.',
        next: 'It could be answered until 30 days after the session. You are welcome to phone the desk instead.',
      },
      none: {
        what: 'There is no survey for this booking.',
        next: 'We ask only people who attended. There is no survey if a session was not held, or if a booking was cancelled.',
      },
    },
    changed: {
      what: 'Something else happened at the same moment, so your answer was not sent.',
      next: 'What you entered is still here. Please press “Send my answer” once more.',
    },
    ask: 'Tell us what you thought of it.',
    open: 'Answer the survey',
    booking: 'See my booking',
  },
})
