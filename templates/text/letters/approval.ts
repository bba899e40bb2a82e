import { spoken } from '../spoken.ts'

/** Letters about an application that a desk decides. */
export const approval = spoken({
  ja: {
    requested: {
      mark: '【受付完了】',
      heading: 'お申し込みを受け付けました',
      opening: [
        'お申し込みありがとうございます。次の回は承認制です。窓口で内容を確認しています。まだ予約は決まっていません。',
        '結果は、下の期限までにご連絡します。席は、それまでお取りしています。',
      ],
    },
    turned_down: {
      mark: '【受付結果】',
      heading: 'ご希望に添えませんでした',
      opening: [
        '次の回のお申し込みについて、窓口で確認しましたが、今回はご希望に添えませんでした。申し訳ございません。',
        'ほかの日程でのお申し込みをお待ちしています。',
      ],
    },
    unanswered: {
      mark: '【受付結果】',
      heading: 'お返事できないまま期限が過ぎました',
      opening: [
        '次の回のお申し込みに、窓口から期限までにお返事できませんでした。申し訳ございません。このお申し込みは終了しました。',
        'お手数ですが、窓口にお電話いただくか、ほかの日程をお申し込みください。',
      ],
    },
    withdrawn: {
      mark: '【キャンセル】お申し込み ',
      heading: 'お申し込みを取り消しました',
      opening: [
        '次の回のお申し込みを取り消しました。',
        '取り消した覚えがないときは、お手数ですが、下の窓口にお電話ください。',
      ],
    },
  },
  en: {
    requested: {
      mark: '[Application received]',
      heading: 'We have received your application',
      opening: [
        'Thank you for applying. Places in this session are given by approval, and the desk is looking at your application. You have no booking yet.',
        'You will hear from us by the time below. Until then your place is held.',
      ],
    },
    turned_down: {
      mark: '[Your application]',
      heading: 'We cannot offer you a place',
      opening: [
        'The desk has looked at your application, and cannot offer you a place this time. We are sorry.',
        'You are welcome to book another date.',
      ],
    },
    unanswered: {
      mark: '[Your application]',
      heading: 'Your application was not answered in time',
      opening: [
        'The desk could not answer your application in time, so it has ended. We are sorry.',
        'Please call the desk, or apply for another date.',
      ],
    },
    withdrawn: {
      mark: '[Application withdrawn]',
      heading: 'Your application is withdrawn',
      opening: [
        'Your application for this session has been withdrawn.',
        'If you did not ask for this, please call the desk named below.',
      ],
    },
  },
})
