import Router from '@koa/router'
import type { Middleware } from 'koa'
import { dayPosts, monthPosts, yearPosts } from './archive/pages.ts'
import { accountPage, changeEmail, confirmEmail, confirmEmailPage, saveAccount } from './authors/account/admin.ts'
import { chooseLanguage, confirmLogin, confirmPage, login, loginPage, logout, signedIn } from './authors/admin.ts'
import { addProgram, programsPage, removeProgram } from './authors/applications/admin.ts'
import { auditPage } from './authors/audit/admin.ts'
import { type AuthorHandler, editorsOnly, ownerOnly } from './authors/guard.ts'
import { authorPosts } from './authors/pages.ts'
import {
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
} from './authors/people/admin.ts'
import { askReset, resetPage } from './authors/reset/admin.ts'
import {
	addPasskey,
	changePassword,
	endSessions,
	removePasskey,
	savePasskey,
	securityPage,
} from './authors/security/admin.ts'
import { setUp, setupPage } from './authors/setup/admin.ts'
import { renewCodes, totpPage, turnOff, turnOn } from './authors/totp/admin.ts'
import { avatar } from './avatars/pages.ts'
import { backUpNow, backupsPage, downloadBackup, saveBackups } from './backup/admin.ts'
import { decideResponses, replyToResponse, responsesPage } from './comments/admin.ts'
import { rsd } from './editors/pages.ts'
import { exportBlog } from './export/admin.ts'
import { openSearch, robots, sitemap, sitemapPart } from './feeds/discovery.ts'
import { commentsFeed, listingFeed, mergedFeed, postCommentsFeed } from './feeds/pages.ts'
import { type Format, feedPath, formats } from './feeds/send.ts'
import { rerunJobs } from './jobs/admin.ts'
import { eraseMedia, mediaItem, mediaPage, saveMedia, uploadMedia } from './media/admin.ts'
import { mediaFile } from './media/pages.ts'
import { receivedPage } from './mentions/admin.ts'
import { allSentPage, sentPage } from './mentions/out/admin.ts'
import { trackback, trackbackPage, webmention, webmentionStatus } from './mentions/pages.ts'
import { micropub, micropubMedia, micropubQuery } from './micropub/pages.ts'
import { editPage, erasePost, newPost, openPost, restorePost, savePost, suggestSlug, trashPost } from './posts/admin.ts'
import { discardDraft, draftNews, keepDraft } from './posts/drafts/admin.ts'
import type { FindListing } from './posts/listing.ts'
import { allPosts } from './posts/pages.ts'
import { endPreview, sharePreview } from './posts/previews/admin.ts'
import { revisionsPage, rewindPost } from './posts/revisions/admin.ts'
import { foundPosts } from './search/pages.ts'
import { saveSettings, settingsPage } from './settings/admin.ts'
import { languagesPage } from './settings/languages/admin.ts'
import { addRedirect, redirectsPage, removeRedirect } from './settings/redirects/admin.ts'
import { chooseTheme, themesPage } from './settings/themes/admin.ts'
import { overviewPage } from './site/admin-overview.ts'
import { postsPage } from './site/admin-posts.ts'
import { commentForm, commentOnPage, commentOnPost } from './site/comment.ts'
import { front } from './site/front.ts'
import { listingPage } from './site/listing.ts'
import { page, post } from './site/post.ts'
import { previewForm, previewPage } from './site/preview.ts'
import { search } from './site/search.ts'
import { answerSubscription, subscription } from './site/subscription.ts'
import { themePreview } from './site/theme-preview.ts'
import { unlockPage, unlockPost } from './site/unlock.ts'
import { xmlrpc } from './site/xmlrpc.ts'
import { addTerm, deleteTerm, mergeTerm, saveTerm, termPage, termsPage } from './terms/admin.ts'
import { categoryPosts, tagPosts } from './terms/pages.ts'
import { importEvents, importPage, importRunPage, repeatImport, startImport } from './transfer/admin.ts'
import { asset, favicon } from './web/assets.ts'
import type { Handler } from './web/context.ts'
import { healthz, readyz } from './web/health.ts'
import { pattern } from './web/pattern.ts'

/** Every address of the blog on one screen. */
export function routes(languages: string[]): Router {
	const router = new Router()
	const get = (path: string, handler: Handler) => router.get(...route(path, handler))
	const send = (path: string, handler: Handler) => router.post(...route(`${path}?`, handler))
	const route = (path: string, handler: Handler) => {
		const [expression, readParameters] = pattern(path, languages)
		return [expression, readParameters, handler as unknown as Middleware] as const
	}
	const feeds = (path: string, handler: (format: Format) => Handler) => {
		for (const format of formats) get(path + feedPath(format), handler(format))
	}
	const listing = (path: string, find: FindListing) => {
		get(path, listingPage(find))
		get(`${path}page/:page/`, listingPage(find))
		feeds(path, (format) => listingFeed(find, format))
	}

	const room = (path: string, handler: AuthorHandler) => get(`/admin/${path}`, signedIn(handler))
	const act = (path: string, handler: AuthorHandler) => send(`/admin/${path}`, signedIn(handler))

	get('/', front)
	get('/healthz', healthz)
	get('/readyz', readyz)
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
	room('posts/new/', newPost)
	room('posts/new/:locale/', editPage)
	act('posts/new/:locale/', savePost)
	act('posts/new/:locale/preview/', previewForm)
	act('posts/new/:locale/draft/', keepDraft)
	act('posts/new/:locale/draft/discard/', discardDraft)
	room('posts/slug/', suggestSlug)
	room('posts/:number/', openPost)
	room('posts/:number/mentions/', sentPage)
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
	room('mentions/', receivedPage)
	room('mentions/sent/', allSentPage)
	room('responses/', responsesPage)
	room('media/', mediaPage)
	act('media/', uploadMedia)
	room('media/:number/', mediaItem)
	act('media/:number/', saveMedia)
	act('media/:number/delete/', eraseMedia)
	act('responses/', decideResponses)
	act('responses/:number/reply/', replyToResponse)

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

	get('/preview/:token/', previewPage)

	listing('/:locale/', allPosts)
	listing('/:locale/category/:slug/', categoryPosts)
	listing('/:locale/tag/:slug/', tagPosts)
	listing('/:locale/author/:slug/', authorPosts)
	listing('/:locale/:year/', yearPosts)
	listing('/:locale/:year/:month/', monthPosts)
	listing('/:locale/:year/:month/:day/', dayPosts)
	get('/:locale/search/', search)
	feeds('/:locale/search/', (format) => listingFeed(foundPosts, format))
	feeds('/:locale/comments/', commentsFeed)

	get('/:locale/subscriptions/:token/', subscription)
	send('/:locale/subscriptions/:token/', answerSubscription)

	get('/:locale/:year/:month/:slug/', post)
	send('/:locale/:year/:month/:slug/', unlockPost)
	feeds('/:locale/:year/:month/:slug/', (format) => postCommentsFeed('post', format))
	send('/:locale/:year/:month/:slug/comments/', commentOnPost)
	get('/:locale/:year/:month/:slug/comments/', commentForm)
	get('/:locale/:slug/', page)
	send('/:locale/:slug/', unlockPage)
	send('/:locale/:slug/comments/', commentOnPage)
	get('/:locale/:slug/comments/', commentForm)
	feeds('/:locale/:slug/', (format) => postCommentsFeed('page', format))
	return router
}
