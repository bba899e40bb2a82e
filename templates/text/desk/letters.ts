import { spoken } from '../spoken.ts'

/** The letters that were sent. */
export const letters = spoken({
  ja: {
    title: '送信メール',
    lead: '予約した方へのメールです。送信できなかったものには理由を表示します。「届いていない」と連絡があったメールは、開いて再送できます。',
    state: '状態',
    all: 'すべて',
    go: '表示する',
    resend: 'もう一度送る',
    resent: 'もう一度送ります。',
    cannot: 'このメールは、もう一度送れません。',
    next: '次のページ',
    prev: '前のページ',
    empty: '当てはまるメールはありません。',
    booking: '予約を見る',
    preview: 'メールの見本',
    previewLead: 'この予約の方に今お送りする場合の内容です。表示するだけで、送信はされません。',
    kind: '種類',
    /** What stands above a letter, by its state: every letter is written again when it is opened. */
    asNow: {
      waiting: {
        what: 'まだ送信していません。',
        next: '下の内容は、今送る場合のものです。送信するときのデータで作成し直します。',
      },
      claimed: { what: '送信中です。', next: '下の内容は、今のデータから作成したものです。' },
      sent: {
        what: '送信した文面そのものではありません。',
        next: '個人情報を余分に残さないため、送信した文面は保存していません。下の内容は、今のデータから作成し直したものです。',
      },
      failed: {
        what: '送信できませんでした。',
        next: '下の内容は、今のデータから作成したものです。もう一度送ると、そのときのデータで作成し直します。',
      },
      kept: {
        what: '作成した時の文面そのものではありません。',
        next: '下の内容は、今のデータから作成し直したものです。',
      },
      superseded: {
        what: 'このメールは送信していません。',
        next: '送る前に状況が変わったためです。下の内容は、今のデータから作成したものです。',
      },
    },
    sentAt: (at: string) => `送信日時：${at}`,
    gone: {
      what: 'このメールの内容は、もう表示できません。',
      next: 'リンクが使われたか期限が過ぎた、またはあて先が削除されたため、今のデータからは作成できません。',
    },
  },
  en: {
    title: 'Letters',
    lead: 'Letters to the people who booked. If a letter could not be sent, the reason is shown. Open a letter to send it again.',
    state: 'State',
    all: 'All',
    go: 'Show',
    resend: 'Send again',
    resent: 'It will be sent again.',
    cannot: 'This letter cannot be sent again.',
    next: 'Next page',
    prev: 'Previous page',
    empty: 'No letters found.',
    booking: 'See the booking',
    preview: 'Preview of letters',
    previewLead: 'The letter as the applicant would get it now. Nothing is sent.',
    kind: 'Kind',
    asNow: {
      waiting: {
        what: 'Not sent yet.',
        next: 'Below is what would be sent now. The text is written from the data at the time of sending.',
      },
      claimed: { what: 'Being sent.', next: 'Below is the text from today’s data.' },
      sent: {
        what: 'This is not the text that was sent.',
        next: 'Texts that were sent are not kept, so that no personal data is kept longer than needed. Below it is written again from today’s data.',
      },
      failed: {
        what: 'This letter could not be sent.',
        next: 'Below is the text from today’s data. If it is sent again, it is written from the data at that time.',
      },
      kept: {
        what: 'This is not the text as it was first written.',
        next: 'Below it is written again from today’s data.',
      },
      superseded: {
        what: 'This letter was not sent.',
        next: 'Something changed before it left. Below is the text from today’s data.',
      },
    },
    sentAt: (at) => `Sent on ${at}`,
    gone: {
      what: 'This letter can no longer be shown.',
      next: 'Its link was used or has expired, or its address was deleted. It cannot be written from today’s data.',
    },
  },
})
