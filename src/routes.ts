import Router from '@koa/router'
import type { Middleware } from 'koa'
import { dayPosts, monthPosts, yearPosts } from './archive/pages.ts'
import { type AuthorHandler, editorsOnly, ownerOnly } from './authors/guard.ts'
import { authorPosts } from './authors/pages.ts'
import { type Format, feedPath, formats } from './feeds/formats.ts'
import type { FindListing } from './posts/listing.ts'
import { allPosts } from './posts/pages.ts'
import { foundPosts } from './search/pages.ts'
import { front } from './site/front.ts'
import { listingPage } from './site/listing.ts'
import { page, post } from './site/post.ts'
import { search } from './site/search.ts'
import { categoryPosts, tagPosts } from './terms/pages.ts'
import { asset, favicon } from './web/assets.ts'
import type { Context, Handler } from './web/context.ts'
import { healthz, readyz } from './web/health.ts'
import { later } from './web/later.ts'
import { pattern } from './web/pattern.ts'
import { limited } from './web/rate/rate.ts'

// What readers seldom ask for, and authors, is loaded when it is asked for.
const { accountPage, changeEmail, confirmEmail, confirmEmailPage, saveAccount } = later(
	() => import('./authors/account/admin.ts'),
)
const { chooseLanguage, confirmLogin, confirmPage, login, loginPage, logout } = later(
	() => import('./authors/admin.ts'),
)
const { addProgram, programsPage, removeProgram } = later(() => import('./authors/applications/admin.ts'))
const { auditPage } = later(() => import('./authors/audit/admin.ts'))
const {
	deletePerson,
	disablePerson,
	dropPersonSecond,
	enablePerson,
	endInvitation,
	invitePerson,
	linkPerson,
	peoplePage,
	personPage,
	savePersonRole,
} = later(() => import('./authors/people/admin.ts'))
const { askReset, resetPage } = later(() => import('./authors/reset/admin.ts'))
const { addPasskey, changePassword, endSessions, removePasskey, savePasskey, securityPage } = later(
	() => import('./authors/security/admin.ts'),
)
const { setUp, setupPage } = later(() => import('./authors/setup/admin.ts'))
const { renewCodes, totpPage, turnOff, turnOn } = later(() => import('./authors/totp/admin.ts'))
const { avatar } = later(() => import('./avatars/pages.ts'))
const { backUpNow, backupsPage, downloadBackup, saveBackups } = later(() => import('./backup/admin.ts'))
const { decideResponses, responsesPage, undoResponses } = later(() => import('./comments/admin.ts'))
const { changeResponse, replyToResponse, responsePage } = later(() => import('./comments/one/admin.ts'))
const { addWriter, removeWriter, writersPage } = later(() => import('./comments/writers/admin.ts'))
const { rsd } = later(() => import('./editors/pages.ts'))
const { exportBlog } = later(() => import('./export/admin.ts'))
const { commentsFeed, listingFeed, mergedFeed, postCommentsFeed } = later(() => import('./feeds/pages.ts'))
const { openSearch, robots, sitemap, sitemapPart } = later(() => import('./feeds/discovery.ts'))
const { rerunJobs } = later(() => import('./jobs/admin.ts'))
const { eraseMedia, mediaItem, mediaPage, saveMedia, uploadMedia } = later(() => import('./media/admin.ts'))
const { mediaFile } = later(() => import('./media/pages.ts'))
const { receivedPage } = later(() => import('./mentions/admin.ts'))
const { allSentPage, sentPage } = later(() => import('./mentions/out/admin.ts'))
const { trackback, trackbackPage, webmention, webmentionStatus } = later(() => import('./mentions/pages.ts'))
const { metrics } = later(() => import('./metrics/pages.ts'))
const { micropub, micropubMedia, micropubQuery } = later(() => import('./micropub/pages.ts'))
const { editPage, erasePost, newPost, openPost, restorePost, savePost, suggestSlug, trashPost } = later(
	() => import('./posts/admin.ts'),
)
const { discardDraft, draftNews, keepDraft } = later(() => import('./posts/drafts/admin.ts'))
const { joinPage, joinPost, pairsPage, splitPage, splitPosts } = later(() => import('./posts/joining/admin.ts'))
const { endPreview, sharePreview } = later(() => import('./posts/previews/admin.ts'))
const { revisionsPage, rewindPost } = later(() => import('./posts/revisions/admin.ts'))
const { saveTranslation, translatePage, translationsPage } = later(() => import('./posts/translating/admin.ts'))
const { exportXliff, importXliff } = later(() => import('./posts/translating/xliff/admin.ts'))
const { saveSettings, settingsPage } = later(() => import('./settings/admin.ts'))
const { languagesPage } = later(() => import('./settings/languages/admin.ts'))
const { addRedirect, redirectsPage, removeRedirect } = later(() => import('./settings/redirects/admin.ts'))
const { chooseTheme, themesPage } = later(() => import('./settings/themes/admin.ts'))
const { overviewPage } = later(() => import('./site/admin-overview.ts'))
const { postsPage } = later(() => import('./site/admin-posts.ts'))
const { commentForm, commentOnPage, commentOnPost } = later(() => import('./site/comment.ts'))
const { previewForm, previewPage } = later(() => import('./site/preview.ts'))
const { answerSubscription, subscription } = later(() => import('./site/subscription.ts'))
const { themePreview } = later(() => import('./site/theme-preview.ts'))
const { unlockPage, unlockPost } = later(() => import('./site/unlock.ts'))
const { xmlrpc } = later(() => import('./site/xmlrpc.ts'))
const { addTerm, deleteTerm, mergeTerm, saveTerm, termPage, termsPage } = later(() => import('./terms/admin.ts'))
const { importEvents, importPage, importRunPage, repeatImport, startImport } = later(
	() => import('./transfer/admin.ts'),
)

/** Every address of the blog on one screen. */
export function routes(languages: string[]): Router {
	const router = new Router()
	const get = (path: string, handler: Handler) => router.get(...route(path, handler))
	const send = (path: string, handler: Handler) => router.post(...route(`${path}?`, handler))
	const route = (path: string, handler: Handler) => {
		const [expression, readParameters] = pattern(path, languages)
		return [expression, readParameters, handler as unknown as Middleware] as const
	}
	const feeds = (path: string, handler: (ctx: Context, format: Format) => Promise<void>) => {
		for (const format of formats)
			get(
				path + feedPath(format),
				limited('feed', (ctx) => handler(ctx, format)),
			)
	}
	const listing = (path: string, find: FindListing) => {
		get(path, listingPage(find))
		get(`${path}page/:page/`, listingPage(find))
		feeds(path, (ctx, format) => listingFeed(ctx, find, format))
	}

	const room = (path: string, handler: AuthorHandler) => get(`/admin/${path}`, letIn(handler))
	const act = (path: string, handler: AuthorHandler) => send(`/admin/${path}`, letIn(handler))

	get('/', front)
	get('/healthz', healthz)
	get('/readyz', readyz)
	get('/metrics', metrics)
	get('/favicon.ico', favicon)
	get('/assets/:file', asset)
	get('/media/:file', mediaFile)
	get('/avatars/:number.jpg', avatar)

	send('/xmlrpc/', xmlrpc)
	send('/xmlrpc.php/', xmlrpc)
	get('/rsd.xml', rsd)
	get('/micropub', micropubQuery)
	send('/micropub/', micropub)
	send('/micropub/media/', micropubMedia)
	send('/webmention/', webmention)
	get('/webmention/:token', webmentionStatus)
	send('/trackback/:number/', trackback)
	get('/trackback/:number/', trackbackPage)

	get('/robots.txt', robots)
	get('/sitemap.xml', sitemap)
	get('/sitemap-:number.xml', sitemapPart)
	get('/opensearch.xml', openSearch)
	feeds('/', mergedFeed)

	get('/admin/setup/', setupPage)
	send('/admin/setup/', setUp)
	get('/admin/login/', loginPage)
	send('/admin/login/', login)
	get('/admin/login/code/', confirmPage)
	send('/admin/login/code/', confirmLogin)
	get('/admin/reset/', resetPage)
	send('/admin/reset/', askReset)
	send('/admin/logout/', logout)
	room('account/', accountPage)
	act('account/', saveAccount)
	act('account/email/', changeEmail)
	room('account/email/', confirmEmailPage)
	act('account/email/confirm/', confirmEmail)
	room('account/security/', securityPage)
	act('account/security/password/', changePassword)
	act('account/security/passkeys/', addPasskey)
	act('account/security/passkeys/:number/', savePasskey)
	act('account/security/passkeys/:number/delete/', removePasskey)
	act('account/security/sessions/', endSessions)
	room('account/security/totp/', totpPage)
	act('account/security/totp/', turnOn)
	act('account/security/totp/off/', turnOff)
	act('account/security/codes/', renewCodes)
	room('account/programs/', programsPage)
	act('account/programs/', addProgram)
	act('account/programs/:number/delete/', removeProgram)
	room('people/', ownerOnly(peoplePage))
	act('people/', ownerOnly(invitePerson))
	act('people/invitations/', ownerOnly(endInvitation))
	room('people/:number/', ownerOnly(personPage))
	act('people/:number/role/', ownerOnly(savePersonRole))
	act('people/:number/link/', ownerOnly(linkPerson))
	act('people/:number/second/', ownerOnly(dropPersonSecond))
	act('people/:number/disable/', ownerOnly(disablePerson))
	act('people/:number/enable/', ownerOnly(enablePerson))
	act('people/:number/delete/', ownerOnly(deletePerson))
	room('audit/', ownerOnly(auditPage))
	room('', overviewPage)
	act('language/', chooseLanguage)
	room('posts/', postsPage)
	room('translations/', translationsPage)
	room('posts/new/', newPost)
	room('posts/new/:locale/', editPage)
	act('posts/new/:locale/', savePost)
	act('posts/new/:locale/preview/', previewForm)
	act('posts/new/:locale/draft/', keepDraft)
	act('posts/new/:locale/draft/discard/', discardDraft)
	room('posts/slug/', suggestSlug)
	room('posts/:number/', openPost)
	room('posts/:number/mentions/', sentPage)
	room('posts/:number/join/', joinPage)
	act('posts/:number/join/', joinPost)
	room('posts/:number/split/', splitPage)
	act('posts/:number/split/', splitPosts)
	room('translations/pairs/', pairsPage)
	room('posts/:number/:locale/', editPage)
	act('posts/:number/:locale/', savePost)
	act('posts/:number/:locale/trash/', trashPost)
	act('posts/:number/:locale/restore/', restorePost)
	act('posts/:number/:locale/delete/', erasePost)
	act('posts/:number/:locale/preview/', previewForm)
	room('posts/:number/:locale/draft/', draftNews)
	act('posts/:number/:locale/draft/', keepDraft)
	act('posts/:number/:locale/draft/discard/', discardDraft)
	act('posts/:number/:locale/previews/', sharePreview)
	act('posts/:number/:locale/previews/end/', endPreview)
	room('posts/:number/:locale/revisions/', revisionsPage)
	act('posts/:number/:locale/revisions/', rewindPost)
	room('posts/:number/:locale/translate/', translatePage)
	act('posts/:number/:locale/translate/', saveTranslation)
	room('posts/:number/:locale/translate/xliff/', exportXliff)
	act('posts/:number/:locale/translate/xliff/', importXliff)
	room('mentions/', receivedPage)
	room('mentions/sent/', allSentPage)
	room('responses/', responsesPage)
	room('media/', mediaPage)
	act('media/', uploadMedia)
	room('media/:number/', mediaItem)
	act('media/:number/', saveMedia)
	act('media/:number/delete/', eraseMedia)
	act('responses/', decideResponses)
	act('responses/undo/', undoResponses)
	room('responses/writers/', editorsOnly(writersPage))
	act('responses/writers/', editorsOnly(addWriter))
	act('responses/writers/remove/', editorsOnly(removeWriter))
	room('responses/:number/', responsePage)
	act('responses/:number/reply/', replyToResponse)
	act('responses/:number/edit/', changeResponse)

	room('terms/', editorsOnly(termsPage))
	act('terms/', editorsOnly(addTerm))
	room('terms/:number/', editorsOnly(termPage))
	act('terms/:number/', editorsOnly(saveTerm))
	act('terms/:number/merge/', editorsOnly(mergeTerm))
	act('terms/:number/delete/', editorsOnly(deleteTerm))
	room('backup/', ownerOnly(backupsPage))
	act('backup/', ownerOnly(saveBackups))
	act('backup/now/', ownerOnly(backUpNow))
	room('backup/:number/', ownerOnly(downloadBackup))
	act('export/', ownerOnly(exportBlog))
	room('import/', ownerOnly(importPage))
	act('import/', ownerOnly(startImport))
	room('import/:number/', ownerOnly(importRunPage))
	room('import/:number/events/', ownerOnly(importEvents))
	act('import/:number/again/', ownerOnly(repeatImport))
	act('jobs/', ownerOnly(rerunJobs))
	room('settings/', ownerOnly(settingsPage))
	act('settings/', ownerOnly(saveSettings))
	room('settings/languages/', ownerOnly(languagesPage))
	room('settings/themes/', ownerOnly(themesPage))
	act('settings/themes/', ownerOnly(chooseTheme))
	room('themes/:theme/preview/', ownerOnly(themePreview))
	room('settings/redirects/', ownerOnly(redirectsPage))
	act('settings/redirects/', ownerOnly(addRedirect))
	act('settings/redirects/remove/', ownerOnly(removeRedirect))
	room('settings/:section/', ownerOnly(settingsPage))
	act('settings/:section/', ownerOnly(saveSettings))

	get('/preview/:token/', limited('draft link', previewPage))

	listing('/:locale/', allPosts)
	listing('/:locale/category/:slug/', categoryPosts)
	listing('/:locale/tag/:slug/', tagPosts)
	listing('/:locale/author/:slug/', authorPosts)
	listing('/:locale/:year/', yearPosts)
	listing('/:locale/:year/:month/', monthPosts)
	listing('/:locale/:year/:month/:day/', dayPosts)
	get('/:locale/search/', search)
	feeds('/:locale/search/', (ctx, format) => listingFeed(ctx, foundPosts, format))
	feeds('/:locale/comments/', commentsFeed)

	get('/:locale/subscriptions/:token/', limited('subscription', subscription))
	send('/:locale/subscriptions/:token/', limited('subscription', answerSubscription))

	get('/:locale/:year/:month/:slug/', post)
	send('/:locale/:year/:month/:slug/', unlockPost)
	feeds('/:locale/:year/:month/:slug/', (ctx, format) => postCommentsFeed(ctx, 'post', format))
	send('/:locale/:year/:month/:slug/comments/', commentOnPost)
	get('/:locale/:year/:month/:slug/comments/', commentForm)
	get('/:locale/:slug/', page)
	send('/:locale/:slug/', unlockPage)
	send('/:locale/:slug/comments/', commentOnPage)
	get('/:locale/:slug/comments/', commentForm)
	feeds('/:locale/:slug/', (ctx, format) => postCommentsFeed(ctx, 'page', format))
	return router
}

/** Lets in who has signed in; the others see the door. */
function letIn(handler: AuthorHandler): Handler {
	return async (ctx) => {
		const { signedIn } = await import('./authors/admin.ts')
		await signedIn(handler)(ctx)
	}
}
