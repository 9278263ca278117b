"""Bot checks and block pages are told; what was published is not, whatever words and scripts it carries."""

import pytest

from extract.document import read_document

RUISHU = "<script>$_ts=window['$_ts'];$_ts.nsd=1;$_ts.cd='a';</script><script src=/a.js></script>"
SLIDER = "<div id=slider></div><script src=/captcha.js></script>"


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


ANSWERS = {
    "ruishu": page("", RUISHU),
    "ruishu without script": page("<noscript>x</noscript><p>请开启JavaScript并刷新该页.</p>", RUISHU),
    "jsl first": "<script>document.cookie=('_')+('_')+('j')+'s';location.href=location.pathname</script>",
    "jsl second": '<script>go({"bts":["1","2"],"ha":"md5","tn":"__jsl_clearance_s","vt":"3600"})</script>',
    "chuangyu": page(
        "<h1>403</h1><p>当前访问疑似黑客攻击，已被网站管理员设置为拦截</p><p>如果您是网站管理员，请登录创宇盾查看详情</p>"
        "<p>事件编号：0000-1111-2222</p>",
        "<title>403</title>",
    ),
    "safedog": page(
        "<h2>网站防火墙</h2><p>您的请求带有不合法参数，已被网站管理员设置拦截！</p><p>可能原因：您提交的内容包含危险的攻击请求</p>"
        "<p>如何解决：检查提交内容；如网站托管，请联系空间提供商；普通网站访客，请联系网站管理员。</p>"
    ),
    "yunsuo": page("", "<script>function stringToHex(){}self.location='/?security_verify_data='+x;</script>"),
    "360": page("<p>您的访问被拦截</p><p>当前请求可能存在威胁，您的IP已被记录。</p>", "<title>493</title>"),
    "safeline block": page("<h3>请求存在威胁，已被拦截</h3><p>安全检测能力由 长亭雷池 WAF 驱动</p>"),
    "safeline check": page("<div>正在检测您的访问环境，请稍候</div><script src=/.safeline/c.js></script>"),
    "cloudflare wait": page(
        "<h1>www.yunxi.example</h1><p>Enable JavaScript and cookies to continue</p>",
        "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>",
    ),
    "aliyun": page(
        "<p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p><p>您的请求ID是：0a1b</p>"
    ),
    "acw": "<html><script>var arg1='A0';function reload(x){document.cookie='acw_sc__v2='+x}</script></html>",
    "f5": "<html><body>The requested URL was rejected. Please consult with your administrator.</body></html>",
    "slider": page(f"<p>请完成安全验证</p><p>拖动滑块完成拼图</p>{SLIDER}", "<title>安全验证</title>"),
    "frequency": page("<p>您的访问过于频繁，请稍后再试。</p>"),
    "captcha": page("<form>请输入验证码 <input name=c><button>提交</button></form>", "<title>验证</title>"),
}

HEAD = "<h1>关于网站防火墙升级的通知</h1><div>发布时间：2024-01-12 来源：云溪区政务服务和数据管理局</div>"
MENU = "".join(
    f"<li><a href=/{n}/>{n}</a></li>" for n in ("首页", "新闻中心", "政务公开", "办事服务", "互动交流")
)
TAGS = "<meta name=ArticleTitle content=停水通知><meta name=PubDate content=2024-01-12>"
PUBLISHED = {
    "short notice with a bot script": page("<h1>停水通知</h1><div>1月13日停水。</div>", TAGS + RUISHU),
    "notice about a firewall": page(
        f"<ul>{MENU}</ul>{HEAD}<div><p>访问异常的用户请联系我局，感谢支持。</p></div>"
    ),
    "notice about captchas": page(
        f"<ul>{MENU}</ul><h1>登录方式调整的通知</h1><p>日期：2024-01-12</p><div><p>登录时请输入验证码，谢谢。</p></div>"
    ),
    "article about attacks": page(
        f"<ul>{MENU}</ul><h1>网络安全知识</h1>"
        f"<div><p>{'疑似黑客攻击时，应立即断网并保留日志，请求会被拦截。' * 12}</p></div>"
    ),
    "image page with a bot script": page("<h1>图解</h1><img src=a.png>", TAGS + RUISHU),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())
def test_a_challenge_is_told(answer: str):
    document = read_document(answer.encode(), content_type="text/html")
    assert (document.kind, document.body) == ("challenge", "")


@pytest.mark.parametrize("answer", PUBLISHED.values(), ids=PUBLISHED.keys())
def test_what_was_published_is_no_challenge(answer: str):
    assert read_document(answer.encode(), content_type="text/html").kind == "article"
