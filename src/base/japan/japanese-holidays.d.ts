declare module 'japanese-holidays' {
  const JapaneseHolidays: {
    /** The Japanese name of the holiday it is in Japan at this moment, substitute holidays included. */
    isHolidayAt(moment: Date): string | undefined
  }
  export default JapaneseHolidays
}
