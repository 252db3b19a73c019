import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { judge, sum } from '../support/totals.ts'

const report = (total: number, passed: number, skipped: number) =>
	`• •   (${passed} / ${total})\n\n  Total:     ${total}\n\u001b[32m  Passed:    ${passed}\u001b[39m\n  Skipped:   ${skipped}\n  Duration:  1ms\n`

test('a file that went well counts by its tests', () => {
	assert.equal(judge(report(7, 7, 2), 'exit 0'), { passed: 7, failed: 0, skipped: 2 })
	assert.equal(judge(report(7, 5, 0), 'exit 1'), { passed: 5, failed: 2, skipped: 0 })
})

test('tests that never ran have failed, though uvu ends with 0', () => {
	assert.equal(judge(report(3, 0, 0), 'exit 0'), { passed: 0, failed: 3, skipped: 0 })
})

test('a file that ran nothing, crashed or was stopped has failed', () => {
	for (const [output, ending] of [
		[report(0, 0, 0), 'exit 0'],
		['', 'exit 0'],
		['Error: no such file', 'exit 1'],
		['• • • ', 'SIGKILL'],
	]) {
		assert.equal(judge(output!, ending!), { passed: 0, failed: 1, skipped: 0 })
	}
})

test('a bad end after good tests is one failure more', () => {
	assert.equal(judge(report(3, 3, 0), 'exit 1'), { passed: 3, failed: 1, skipped: 0 })
})

test('totals that a test prints itself are not the last ones', () => {
	assert.equal(judge(report(9, 9, 9) + report(2, 2, 0), 'exit 0'), { passed: 2, failed: 0, skipped: 0 })
})

test('files add up', () => {
	const all = [judge(report(3, 2, 1), 'exit 1'), judge(report(4, 4, 0), 'exit 0'), judge('', 'exit 1')]
	assert.equal(sum(all), { passed: 6, failed: 2, skipped: 1 })
})

test.run()
