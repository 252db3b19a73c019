/** Milliseconds that a database stays away in a test of faults: moments in CI, longer by OUTAGE_SECONDS. */
const OUTAGE = 1_000 * Number(process.env.OUTAGE_SECONDS ?? 0)

/** Looks again and again, for as long as the outage lasts and at least once, at what holds meanwhile. */
export async function throughout(look: () => Promise<unknown>): Promise<void> {
	const end = Date.now() + OUTAGE
	do await look()
	while (Date.now() < end)
}
