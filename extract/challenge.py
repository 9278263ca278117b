"""Bot checks and block pages: what a protection in front of a site answers instead of its page.

A protection's script alone proves nothing, since genuine pages carry it too; the proof is the script and
almost no text. Block pages say what they do, in few words; the words that a notice may use as well
(验证码, WAF) count only where there is hardly anything else. What tells its title in meta tags, or a day and
a source, is a page that someone published.
"""

import re

_SCRIPT = re.compile(
    r"\$_ts\b|__jsl_clearance|__jsluid|\(['\"]_['\"]\)\+\(['\"]_['\"]\)\+\(['\"]j['\"]\)|acw_sc__v2|"
    r"_waf_|wzws-waf|WZWS|security_verify_data|_yunsuo_session|cf-browser-verification|/cdn-cgi/challenge|"
    r"_cf_chl_opt|safeline|__tst_status|EO_Bot_Ssid|"
    r"document\.cookie\s{0,3}=.{0,4000}?location\.(?:href|reload|replace)",
    re.DOTALL | re.IGNORECASE,
)
_BLOCKED = re.compile(
    r"网站防火墙|访问异常|(?:访问|请求|操作|网址|链接|URL|地址).{0,40}(?:拦截|阻断|阻止)|访问被(?:拒绝|禁止|限制)|"
    r"疑似(?:黑客)?攻击|攻击行为|(?:访问|请求|操作)(?:过于|太|过)频繁|浏览器安全检查|"
    r"访问行为.{0,10}(?:异常|威胁)|安全威胁|(?:雷池|创宇盾|云锁|安全狗|网站卫士|云盾|加速乐)|SafeLine|"
    r"Access Denied|requested URL was rejected|Attention Required|Checking your browser|Just a moment|"
    r"Enable JavaScript and cookies|DDoS protection|CT6TS?|GeoBL",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"安全验证|滑动验证|拖动.{0,6}滑块|请输入验证码|人机(?:身份)?(?:验证|识别)|验证您是(?:真人|人类)|"
    r"正在(?:检查|验证|检测).{0,8}(?:浏览器|访问|环境|安全)|(?:开启|启用|打开).{0,4}JavaScript.{0,8}(?:刷新|访问|重试)|"
    r"enable JavaScript|WAF",
    re.IGNORECASE,
)
_ARTICLE_TAG = re.compile(r"<meta[^<>]{0,80}ArticleTitle", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"(?:时间|日期)\s{0,3}[:：]\s{0,3}[\[(（]?(?:19|20)\d\d\s?[-./年]|来\s?源\s{0,3}[:：]\s{0,3}[\[【]?[一-鿿]{2}"
)
_HEAD_CHARS, _SCRIPT_CHARS = 20_000, 200_000
_TEXT_SCRIPT_MAX, _TEXT_ASKING_MAX = 100, 200
TEXT_MAX = 600  # characters: a page that shows more is neither


def is_published(page: str, text: str) -> bool:
    """Tell whether a page has the marks of a published one: ArticleTitle, or a labelled day or source."""
    return _ARTICLE_TAG.search(page, 0, _HEAD_CHARS) is not None or _PUBLISHED.search(text) is not None


def is_challenge(page: str, text: str) -> bool:
    """Tell a bot check or a block page by its script or its words, and almost no text (`text`, as shown)."""
    if len(text) > TEXT_MAX or is_published(page, text):
        return False
    if len(text) <= _TEXT_SCRIPT_MAX and _SCRIPT.search(page, 0, _SCRIPT_CHARS):
        return True
    return _BLOCKED.search(text) is not None or (
        len(text) <= _TEXT_ASKING_MAX and _ASKING.search(text) is not None
    )
