import type { Counts } from '../../src/spam/bayes.ts'
import { type Judgement, judgeTokens } from '../../src/spam/filter.ts'
import { tokensOf } from '../../src/spam/tokens.ts'
import { CORPUS, type Labelled } from './corpus.ts'

type Verdict = Judgement['verdict']

/** How many responses of each kind got each verdict. */
export type Measured = Record<'spam' | 'ham', Record<Verdict, number>>

/** What the filter says of responses after it has learnt others. */
export function measure(asked: Labelled[], learnt: Labelled[] = []): Measured {
	const counts = countsOf(learnt)
	const measured: Measured = { spam: { spam: 0, unsure: 0, ham: 0 }, ham: { spam: 0, unsure: 0, ham: 0 } }
	for (const { as, sample } of asked) measured[as][judgeTokens(tokensOf(sample), counts).verdict]++
	return measured
}

/** The two halves of the test set; one is learnt, the other asked about. */
export function halves(): [Labelled[], Labelled[]] {
	return [CORPUS.filter((_, index) => index % 2 === 0), CORPUS.filter((_, index) => index % 2 === 1)]
}

/**
 * Of what was kept from readers, the part that is spam, and of the spam, the part that was kept from them; and the part
 * of people's responses that was called spam, and that was kept for the author to look at.
 */
export function rates({ spam, ham }: Measured) {
	const caught = spam.spam + spam.unsure
	const all = ham.spam + ham.unsure + ham.ham
	return {
		precision: caught / (caught + ham.spam + ham.unsure),
		recall: caught / (caught + spam.ham),
		lost: ham.spam / all,
		held: ham.unsure / all,
	}
}

function countsOf(learnt: Labelled[]): Map<string, Counts> {
	const counts = new Map<string, Counts>()
	for (const { as, sample } of learnt) {
		for (const token of ['', ...tokensOf(sample).keys()]) {
			const { spam, ham } = counts.get(token) ?? { spam: 0, ham: 0 }
			counts.set(token, { spam: spam + Number(as === 'spam'), ham: ham + Number(as === 'ham') })
		}
	}
	return counts
}

if (import.meta.main) {
	const [even, odd] = halves()
	const runs = {
		untrained: measure(CORPUS),
		'trained by the odd half': measure(even, odd),
		'by the even half': measure(odd, even),
	}
	for (const [name, measured] of Object.entries(runs)) console.log(name, measured, rates(measured))
}
