"""The labels of head lines and index tables: each spelling, and the field it names."""

from typing import Literal

Field = Literal[
    "source",
    "published",
    "issued",
    "index",
    "number",
    "publisher",
    "title",
    "recorded",
    "supplier",
    "office",
    "other",
]

_LABELS: dict[Field, str] = {
    "source": (
        "信息来源 文章来源 稿件来源 内容来源 新闻来源 消息来源 来源 稿源 信源 文章出处 信息出处 "
        "出处 转自 供稿单位 供稿部门 来稿单位 来源部门 来源单位 信息来源单位 来源渠道"
    ),
    "published": (
        "信息提供日期 信息发布日期 信息发布时间 发布日期 发布时间 公开日期 公开时间 公布日期 "
        "公布时间 发稿时间 发稿日期 发文时间 发表时间 "
        "发表日期 信息时间 信息日期 提供时间 提供日期 登载时间 刊发时间 文章日期 发布于 发布 日期 "
        "时间"
    ),
    # clocks of the record: the day of publication only where no other is told
    "recorded": (
        "更新时间 更新日期 更新于 更新 最近更新 最后更新 最后更新时间 最后修改时间 修改时间 修改日期 "
        "上传时间 上传日期 录入时间 录入日期 添加时间 添加日期 创建时间 创建日期 编辑时间"
    ),
    "office": "发布单位 发布部门",  # the publisher, and on a page without index entries the source
    "supplier": "供稿 来稿 报送单位 信息报送",
    "issued": "成文日期 生成日期 发文日期 成文时间 生成时间 印发日期 制发日期",
    "index": "索引号 信息索引号 统一编号 信息索引 索引码",
    "number": "发文字号 发文文号 文件编号 文件字号 文号",
    "publisher": (
        "发布机构 发布机关 发文机关 发文机构 发文单位 公开责任部门 "
        "信息公开责任部门 公开主体 公开机构 制发机关 制发机构"
    ),
    "title": "名称 标题 信息名称 文件名称",
    "other": (
        "浏览次数 阅读次数 访问次数 点击次数 查看次数 浏览量 阅读量 访问量 点击数 点击量 阅读数 "
        "人气 阅读 浏览 点击 字体大小 字体显示 浏览字号 文章字号 字体 字号 视力保护色 "
        "保护视力色 背景色 分享到 分享至 分享 打印本页 打印 保存 收藏 内容纠错 作者 记者 "
        "文章录入 录入 编辑 责任编辑 责编 审核 初审 复审 终审 核稿 签发 撰稿 撰稿人 "
        "供稿人 发布人 发布者 文章类型 所属栏目 信息类别 组配分类 内容分类 公开分类 分类 "
        "信息分类 主题分类 体裁分类 主题词 关键词 有效性 文件状态 失效日期 失效时间 实施日期 "
        "生效日期 生效时间 废止日期 废止时间 语种 语言 公开方式 公开范围 公开形式 公开时限"
    ),
}
FIELD_OF = {label: field for field, labels in _LABELS.items() for label in labels.split()}
# labels that no name ends with: they are told even where no blank keeps them off the value before
GLUED = (
    "信息提供日期|信息来源|文章来源|稿件来源|(?:发布|更新|发文|公开|上传|发表|信息)(?:时间|日期)|"
    "(?:浏览|阅读|访问|点击)(?:次数|量|数)?|视力保护色|字体大小|字体|字号|责任编辑"
)
