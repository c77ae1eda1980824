/**
 * Lets only the answer to the newest question through: answers to letters typed a moment ago may come late, and
 * none of them may stand over the words that are there now.
 */
export function createNewest() {
  let turn = 0
  return {
    ask<Answer>(put: () => Promise<Answer>, take: (answer: Answer) => void): void {
      turn += 1
      const mine = turn
      void put().then((answer) => {
        if (mine === turn) take(answer)
      })
    },
    /** Whatever is still on its way is for nobody. */
    forget(): void {
      turn += 1
    },
  }
}
