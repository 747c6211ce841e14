"""Noun phrases beside a place in Chinese text: the words that a formula stands next to.

    noun_before("梯度下降中的学习率")   # 学习率

It exists because Chinese sets no article that says where a name for a thing begins: 我们计算权重
ends with a noun that has a verb in front, 隐藏层权重 is one. Words are cut and tagged by rjieba;
tables say which words belong to the sentence and not to a term.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Tagged = tuple[str, str]

_LONGEST_CHARS = 16
_SHORT_CHARS = 3
_FOREIGN_CHARS = 3
"""What a Latin word counts at most towards the length of a term."""
_TOKEN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*|\s+|.", re.DOTALL)

_OF_THE_SENTENCE_TEXT = """
的 地 得 了 着 过 之 是 为 有 无 取 求 令 设 记 给 将 把 被 使 让 用 以 由 从 在 对 向 往 到
至 于 和 与 及 或 跟 同 而 但 且 若 则 如 当 并 即 就 才 都 也 还 又 再 很 更 最 不 没 可 能
会 应 要 需 想 其 这 那 该 此 每 各 某 另 任 何 所 只 仅 第 前 后 中 里 上 下 内 外 时 处 沿
经 随 比 按 关 谁 它 他 我 你 个 一 两 三 几 多 少 种 每一 任一 任意 任何 所有 全部 一些 一个
一种 一类 一组 一对 一批 两个 三个 四个 几个 多个 若干 这个 那个 这些 那些 某个 某些 每个 各个
整个 上述 前述 上面 下面 以下 以上 如下 如上 给定 固定 指定 选取 选择 选定 选用 抽取 计算 算出
得到 得出 获得 求出 求得 求解 求取 代表 指 是指
定义 引入 考虑 假设 假定 设定 设置 使用 利用 采用 应用
运用 通过 根据 基于 按照 关于 对于 针对 由于 因为 所以 因此 于是 从而 进而 如果 假如 那么 此时
这时 然后 接着 随后 首先 其次 最后 其中 这里 此处 以及 并且 而且 或者 还是 包括 包含 含有 具有
拥有 带有 存在 满足 等于 大于 小于 不小于 不大于 高于 低于 超过 乘以 除以 加上 减去 乘上 乘 除
加 减 趋于 趋近 趋近于 趋向 趋向于 接近 取决于 依赖 依赖于 服从 属于 来自 称为 称作 称之为
叫做 叫作 记为 记作 看作 看成 当作 当做 视为 作为 成为 变为 变成 改变 增加 增大 减少 减小 提高
降低 替换 代替 取代 代入 带入 代进 调整 调节 最小化 最大化 极小化 极大化 比较 对比 观察 注意
可以 可能 能够 需要 应该 必须 只要 只有 仅仅 例如 比如 譬如 我们 它们 他们 咱们 你们 大家 自己
本文 作者 可见 发现 知道 得知 已知 分别 相对 相对于 相应 对应 对应于 不同 相同 同样 类似 经过
随着 使得 允许 要求 证明 说明 表明 意味着 看到 看出 指出 回顾 写成 写出 写为 写作 化为 化成
转化为 转为 变换为 映射到 映射为 返回 保留 保持 丢弃 控制 决定 影响 预测 出 作 做 成 走 去 来
且对 都是 就是 也是 只是 便是 即是 而是 还有 没有 只需 只需要 为了 除了 直到 直至 至于 还要
有关 无关 与其 再次 同时 一般 通常 常常 总是 往往 始终 仍然 依然 恰好 正好 刚好 显然 当然
事实上 实际上 尤其 特别 所谓 问 答 注 解 若干个 那就 再对 称 叫 时刻有 越 越来越 进行 来说
而言 为何 为什么 看 说 找 找到 找出 学得 训练出 输入到 输出到 乘积和 可知 易知 即可 只能 去掉
加入 添加 删除 带来 导致 引起 产生 生成出 给出 提出 提供 传入 传给 送入 放入 放到 放进 存入
分成 分为 依次 逐个 逐一 单独 简单 直接 先 后者 前者 左边 右边 两边 左侧 右侧 两侧 左端 右端
是否 多少 如何 怎么 怎样 初始化 训练 跟踪 累积 预计 认为 希望 建议 尝试 试图 开始 停止 继续
重复 执行 完成 实现 检查 验证 测试 评估 保存 存储 标的 什么 哪个 哪些 近似 近似于 近似为 约为
约等于 正比于 反比于 等价于 等同于 相当于 不等于 独立于
体会 遍历 扫描 搜索 查找 枚举 生成 采集 读取 绘制 画出 移动 排序 更换 交换 统计 维护 插入
删去 中选 询问 修改 判断 构造
"""
_OF_THE_SENTENCE = frozenset(_OF_THE_SENTENCE_TEXT.split())
"""Words at which a term ends or begins."""

_NOMINAL_TEXT = """
输入 输出 学习 映射 变换 迭代 采样 抽样 嵌入 编码 解码 误差 损失 惩罚 奖励 回报 收益 预测 估计
观测 测量 标注 标记 转换 残差 扰动 干扰 激活 池化 汇聚 聚合 卷积 填充 正则 约束 近似 似然 反馈
响应 记忆 预算 查询 键 值 门 步 层 率 数 量 度 项 差 集 器 元 点 阵 图 长 宽 高 深 比 积 商 根
底 核 边 角 面 体 域 环 群 场 流 熵 势 能 力 质 类 级 阶 秩 迹 模 基 谱 径 期 周期 次数 系 线
段 轴 块 组 帧 字 词 句 式 族 界 限 集合 组合 排列 置换 划分 分解 内积 乘积 平均 总和
期望 距离 大小 尺寸 形状 得分 评分 因子 指数 分布 动作 决策 状态 策略 先验 后验 条件 通道 位置
坐标 下标 上标 编号 标号 索引 偏移 位移 平移 旋转 缩放 增益 变化 变动 极限 截距 投影 引用 连接
左上角 右下角 中心 均匀 假设 猜想 命题 事件
"""
_NOMINAL = frozenset(_NOMINAL_TEXT.split())
"""Words that the dictionary takes for verbs or measures, and that name a thing at a term's end."""

_WITHIN = frozenset(["训练", "测试", "验证", "预测", "比较"])
"""Verbs that may begin a term, and never end one."""
_FUNCTIONS = frozenset(
    ["log", "ln", "exp", "sin", "cos", "tan", "max", "min", "lim", "sup", "inf", "arg", "top"]
)
"""Latin words that a letter stands behind as an argument."""
_CONJUNCTIONS = frozenset("和与及且其")
_DETERMINERS = frozenset(
    ["每个", "各个", "某个", "这个", "那个", "这些", "那些", "个", "组", "种", "类"]
)
_VERBS = frozenset("为是从以到于")
_BEGINNING = frozenset("上下前后子内外可")
"""Words that begin a term (下采样层) where no noun stands before them (空间上)."""

_NOUN_ENDS = frozenset("率数量值度项差集器层元点阵图比积核熵阶秩类门步长宽高界式子性法族轴帧分")
_IN_NOUN_TAGS = (
    "n",
    "v",
    "a",
    "j",
    "l",
    "b",
    "q",
    "eng",
    "d",
    "t",
    "f",
    "g",
    "k",
    "x",
    "i",
    "z",
    "s",
)
_NOUN_TAGS = ("n", "vn", "j", "l", "eng", "an", "i", "t", "s")


def noun_before(text: str) -> str:
    """The noun phrase that a text ends with; empty if there is none.

    What the noun is of belongs to it, as far as it is a noun too: 权重的梯度.

    >>> [noun_before(text) for text in ("给定学习率", "计算权重的梯度 ", "使得", "KL 散度")]
    ['学习率', '权重的梯度', '', 'KL 散度']
    """
    tagged = _tagged(text[-3 * _LONGEST_CHARS :].rstrip())
    last = _run_before(tagged)
    if not last or not _names_thing(last) or _is_foreign(last, tagged):
        return ""
    head = _joined(last)
    rest = tagged[: len(tagged) - len(last)]
    if rest and rest[-1][0] == "的":
        owner = _run_before(rest[:-1])
        if owner and _names_thing(owner) and len(head) + len(_joined(owner)) < _LONGEST_CHARS:
            return f"{_joined(owner)}的{head}"
    return head


def noun_behind(text: str) -> str:
    """The noun that a text begins with; empty if it begins with something else.

    >>> [noun_behind(text) for text in ("样本进行训练", "隐藏单元的网络", "的时候")]
    ['样本', '隐藏单元', '']
    """
    run: list[Tagged] = []
    for word, tag in _tagged(text[:_LONGEST_CHARS]):
        if not _may_belong(word, tag):
            break
        if run and _names_thing(run) and tag.startswith(("v", "d")) and tag != "vn":
            break
        run.append((word, tag))
    while run and not _names_thing(run):
        run.pop()
    return _joined(run)


def _run_before(tagged: Sequence[Tagged]) -> list[Tagged]:
    """The words at the end that may belong to one term."""
    run: list[Tagged] = []
    length = 0
    for at in range(len(tagged) - 1, -1, -1):
        word, tag = tagged[at]
        before = next((one for one in reversed(tagged[:at]) if not one[0].isspace()), ("", ""))
        if not _may_belong(word, tag) and not (
            (run and _is_counted_verb(word, before)) or _is_within(word, run)
        ):
            break
        if word == "表示" and (run or not _may_belong(*before)):
            break
        length += min(len(word), _FOREIGN_CHARS) if word.isascii() else len(word)
        if length > _LONGEST_CHARS:
            break
        run.insert(0, (word, tag))
    while run and run[0][0].isspace():
        run.pop(0)
    rest = tagged[: len(tagged) - len(run)]
    if run and rest and rest[-1][0] in _BEGINNING and (len(rest) == 1 or _ends(rest[-2][0])):
        run.insert(0, rest[-1])
    return run


def _is_within(word: str, run: Sequence[Tagged]) -> bool:
    """Whether a verb may stand within a term: 训练集, 预测值, but not 训练 by itself."""
    return word in _WITHIN and 0 < sum(len(other) for other, _ in run) <= _SHORT_CHARS


def _is_counted_verb(word: str, before: Tagged) -> bool:
    """Whether a verb belongs to a term because a number stands before it: 两组比较向量."""
    is_number = before[1] == "m" or before[0] in _DETERMINERS
    return len(word) > 1 and word in _OF_THE_SENTENCE and is_number


def _may_belong(word: str, tag: str) -> bool:
    """Whether a word may be a part of a term."""
    if word in _OF_THE_SENTENCE:
        return False
    return word in _NOMINAL or tag.startswith(_IN_NOUN_TAGS)


def _ends(word: str) -> bool:
    """Whether a term ends before a word, so that what follows begins one."""
    return word in _OF_THE_SENTENCE or not word[0].isalnum()


def _names_thing(run: Sequence[Tagged]) -> bool:
    """Whether the last word of a run is a noun."""
    word, tag = run[-1]
    if word in _NOMINAL or tag.startswith(_NOUN_TAGS):
        return True
    is_long = len(run) > 1 or len(word) > 1
    return is_long and (word == "表示" or word[-1] in _NOUN_ENDS)


def _is_foreign(run: Sequence[Tagged], tagged: Sequence[Tagged]) -> bool:
    """Whether a run is Latin words of a sentence that is not Chinese, or the name of a function."""
    if any(not word.isascii() for word, _ in run):
        return False
    before = "".join(word for word, _ in tagged[: len(tagged) - len(run)]).rstrip()
    is_in_chinese = "\u2014" <= before[-1:] <= "\u9fff"
    return not is_in_chinese or run[-1][0].lower() in _FUNCTIONS


def _joined(run: Sequence[Tagged]) -> str:
    return "".join(word for word, _ in run).strip()


def _tagged(text: str) -> list[Tagged]:
    return [part for word, tag in _tags(text) for part in _parted(word, tag)]


def _parted(word: str, tag: str) -> Iterator[Tagged]:
    """A word, without what of the sentence the segmenter took for its first or last character."""
    if len(word) == 2 and word[0] in _CONJUNCTIONS and word not in _OF_THE_SENTENCE:
        yield from ((word[0], "c"), (word[1], "n"))
    elif len(word) == 2 and tag == "v" and _OF_THE_SENTENCE.issuperset(word):
        yield from ((char, "c") for char in word)
    elif len(word) == 2 and word[1] in _VERBS and word not in _OF_THE_SENTENCE:
        yield from ((word[0], "n"), (word[1], "v"))
    elif len(word) == 4 and tag == "v" and word[2:] in _OF_THE_SENTENCE:
        yield from ((word[:2], "d"), (word[2:], "v"))
    else:
        yield word, tag


def _tags(text: str) -> Iterator[Tagged]:
    import rjieba

    for token in _TOKEN.findall(text):
        if "\u4e00" <= token[0] <= "\u9fff":
            yield from rjieba.tag(token, True)
        elif token[0].isascii() and token[0].isalpha():
            yield token, "eng" if len(token) > 1 else "x"
        elif token.isspace():
            yield token, "x"
        else:
            yield token, "w"
