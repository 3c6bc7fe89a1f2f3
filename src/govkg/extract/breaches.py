"""How laws word the problems that their provisions answer: the breach, by its verb and its object.

A law does not say that fees are hard to collect; it says "who does not pay the fee in time". Each
pattern names a breach by what is done or left undone and to what, so that a mere mention of the
subject never matches. Chinese is matched in simplified characters.
"""

import re
from dataclasses import dataclass

_NOT = r"(?:不(?!得)|未|没有|拒不|拒绝|逾期|拖欠|欠)"
_TAKES = r"(?:侵占|占用|占有|挪用|截留|私分|隐匿|转移)"
_ARBITRARY = (
    r"(?:擅自|违法|违规|违反规定|非法|未经[^，。；]{0,24}(?:同意|批准|许可)[，]?|不得|禁止)"
)
_MANAGER = r"(?:物业服务(?:企业|人|单位)|物业(?:公司|企业)|管理服务人)"
_BOARD = r"(?:业主委员会|管理委员会|业主委员会(?:委员|成员|主任)|管理负责人)"
_BOARD_EN = r"(?:owners' (?:assembly|committee|association)|owner assembly|management committee)"
_FORM = r"(?:hold|held|elect|creat|establish|form|conven|organi[sz])\w*"
_EN_NOT = r"(?:not |fails? to |failing to |refus\w+ to |without |neglects? to )"


@dataclass(frozen=True, slots=True)
class _Wording:
    notation: str
    zh: str
    en: str = ""


_WORDINGS = (
    _Wording(
        "pb-fee-arrears",
        rf"{_NOT}[^，。；]{{0,14}}(?:交|缴|付|给付)[^，。；]{{0,8}}(?:物业|管理|公共)[^，。；]{{0,6}}"
        rf"(?:费|基金)|(?:拖欠|欠缴|欠交|积欠)[^，。；]{{0,10}}(?:物业|管理|公共|应分担)[^，。；]{{0,8}}"
        r"(?:费|基金)",
        r"(?:fail\w* to pay|refus\w+ to pay|does not pay|not paid|in arrears?|overdue|late with|"
        r"default\w*|unpaid)[^.;]{0,60}\b(?:fees?|dues|charges|levies|levy|common fund|"
        r"contributions?|expenses)\b|\b(?:fees?|dues|charges|common fund|contributions?)\b"
        r"[^.;,]{0,40}(?:in arrears|overdue|unpaid|not paid)",
    ),
    _Wording(
        "pb-illegal-construction",
        r"违法(?:建设|搭建|建筑)|违章(?:建筑|搭建)|(?:私搭|乱搭|乱建)|"
        rf"{_ARBITRARY}[^。；]{{0,20}}(?:搭建|改建|扩建|加建|搭盖|开挖|挖掘|占用|侵占|改变|变更|封闭|拆改|"
        r"处分)[^。；]{0,24}(?:建筑|房屋|外观|外墙|外貌|道路|场地|绿地|通道|楼道|走道|楼梯|屋顶|露台|平台|"
        r"共用部[分位]|共有部[分位]|公共部位|共用设施|共有部分|公共场所|公共空间|用房|承重)|"
        r"(?:建筑|房屋|住宅|(?:共用|公共|配套)设施|用房|部位)[^。；]{0,12}(?:不得|擅自)[^。；]{0,6}改变[^。；]{0,6}用途|"
        r"(?:侵占|占用|占据|堆放|堆积)[^。；]{0,20}(?:共用部[分位]|公共部位|共有部[分位]|公共绿地|绿地|楼道|楼梯"
        r"|走廊|走道|公共空间|公共区域|公共通道)|(?:损坏|破坏|变动|拆改)[^。；]{0,16}(?:承重|主体结构|外貌)",
        r"(?:illegal|unlawful|unauthori[sz]ed)\w* (?:build|construct|structure|erect|alter)\w*|"
        rf"{_EN_NOT}[^.;]{{0,40}}(?:alter|erect|build|construct|occup)\w*[^.;]{{0,60}}"
        r"(?:building|structure|shared area|common part|common property)|"
        r"(?:occup\w+|encroach\w+|misus\w+|obstruct\w+)[^.;]{0,40}(?:shared area|common (?:part|"
        r"property|area)|hallway|passage|open space)|alter the main structure|"
        r"no unauthori[sz]ed changes",
    ),
    _Wording(
        "pb-maintenance-fund",
        rf"{_TAKES}[^。；]{{0,16}}(?:维修|修缮)(?:资|基)金|(?:{_NOT}|擅自)[^。；]{{0,20}}(?:维修|修缮)(?:资|基)金"
        r"|(?:维修|修缮)(?:资|基)金[^。；]{0,16}(?:不足|低于|挪用|侵占)",
        r"(?:misappropriat|embezzl|divert|misus)\w*[^.;]{0,40}(?:maintenance|sinking|reserve) fund|"
        r"(?:maintenance|sinking|reserve) fund[^.;]{0,40}(?:insufficient|misappropriat|shrunk|"
        r"less)",
    ),
    _Wording(
        "pb-common-income",
        rf"{_TAKES}[^。；]{{0,16}}(?:公共收益|经营收益|共有部分[^。；]{{0,8}}收益)|"
        rf"{_ARBITRARY}[^。；]{{0,20}}(?:共用|共有|公共)(?:部[分位]|设施)[^。；]{{0,14}}(?:经营|收益|广告)",
        r"(?:keep|misappropriat|divert|embezzl)\w*[^.;]{0,40}(?:income|revenue|proceeds)",
    ),
    _Wording(
        "pb-property-exit",
        rf"{_MANAGER}[^。；]{{0,40}}(?:拒不|拒绝|擅自|未|不)[^，。；]{{0,16}}(?:移交|退出|撤出|撤离|交接|停止服务|"
        r"撤走)|^(?!.*(?:业主委员会(?:委员|成员)|建设单位)).*(?:拒不|拒绝|未|不)[^，。；]{0,16}(?:移交|交还)[^。；]{0,30}(?:资料|"
        r"用房)|突发失管",
        r"(?:fail\w* to|refus\w+ to|does not) (?:hand over|turn over|surrender|transfer|"
        r"vacate|leave)"
        r"|abandon\w*[^.;]{0,30}(?:management|compound|building)",
    ),
    _Wording(
        "pb-decision-deadlock",
        r"(?:未|不|达不到|未达)[^，。；]{0,12}(?:定额|法定人数|规定(?:的)?(?:人数|比例|票数)|出席)|"
        r"(?:业主|区分所有权人)[^，。；]{0,30}(?:不能|未能|无法)[^，。；]{0,8}(?:决定|决议|表决)",
        r"fails? to (?:achieve|reach|meet)[^.;]{0,30}(?:threshold|quorum|majority)|no quorum|"
        r"(?:cannot|unable to|fails? to) (?:reach|make|adopt|pass) (?:a |any )?(?:decision|"
        r"resolution)",
    ),
    _Wording(
        "pb-oc-formation",
        r"(?:不具备|不能|未能|无法|没有|(?<!尚)未|不(?:按|依法|组织|召集))[^，。；]{0,14}(?:成立|召开|组建|选举产生|选举|推选|组成|产生|换届)[^，。；]"
        rf"{{0,16}}(?:业主大会|{_BOARD})|(?:业主大会|{_BOARD})[^，。；]{{0,16}}"
        r"(?:不能|未能|无法|未|尚未|不(?:按|依法|组织))[^，。；]{0,12}(?:成立|召开|组建|选举|产生|换届|召集)",
        rf"(?:not|cannot|unable to|fails? to|"
        rf"never)\W+(?:\w+\W+){{0,4}}{_FORM}[^.;,]{{0,30}}{_BOARD_EN}|"
        rf"{_BOARD_EN}[^.;,]{{0,30}}(?:cannot|could not|not|never)\W+(?:\w+\W+){{0,2}}{_FORM}|"
        rf"\b(?:no|without) (?:an? )?{_BOARD_EN}",
    ),
    _Wording(
        "pb-oc-misconduct",
        rf"{_BOARD}[^。；]{{0,40}}(?:拒不|不履行|未履行|不依法|未依法|未按|不按|擅自|滥用|收受|索取|牟取|泄露|"
        r"违反法律|侵害业主|不召集|未召集|无正当理由)|业主大会[^。；]{0,24}作出的决定[^。；]{0,6}(?:违反|侵害)",
        r"(?:owners' committee|management committee|manager|chair\w*|"
        r"council)[^.;]{0,60}(?:fails? to "
        r"(?:perform|fulfil|convene|call|carry)|violat|abus|refus|neglect)\w*",
    ),
    _Wording(
        "pb-opaque-accounts",
        rf"(?:{_MANAGER}|{_BOARD}|公共收益|收支|账目|物业服务)[^。；]{{0,40}}{_NOT}[^，。；]{{0,14}}"
        r"(?:公布|公示|公开|披露)|(?:公示|公开)[^，。；]{0,16}(?:虚假|不真实)",
        r"(?:fail\w* to|refus\w+ to|does not|not) (?:disclose|publish|post|announce|make public|"
        r"provide access to)[^.;]{0,60}(?:account|record|financ|income|expen)",
    ),
    _Wording(
        "pb-village-finance",
        r"(?:村民委员会|居民委员会)[^。；]{0,20}(?:不及时公布|不公布|未公布|不公开|公布的事项不真实)|"
        rf"{_TAKES}[^。；]{{0,16}}集体(?:资产|财产|资金)",
    ),
    _Wording(
        "pb-property-conflict",
        rf"(?:业主|物业使用人)[^。；]{{0,16}}(?:与|和|同)[^。；]{{0,10}}{_MANAGER}[^。；]{{0,20}}(?:争议|纠纷|矛盾|"
        r"不能达成|未能达成)|物业(?:服务|管理)[^。；]{0,10}(?:纠纷|争议)",
        r"disputes? between[^.;]{0,40}owners?[^.;]{0,40}(?:propert|manag)|condominium disputes?",
    ),
    _Wording(
        "pb-disputes",
        # Authorities that quarrel over who is in charge, and supply that lags, are none.
        r"^(?!.*(?:管辖|职责|责任人|责任不清|供需|权限|选民|资格|名单)).*(?:(?:发生|产生|引起|引发|出现|因|就|对|的)[^，。；]{0,16}"
        r"(?<!物业服务)(?<!物业管理)(?:纠纷|争议|矛盾)|纠纷当事人)|"
        r"(?:调解|化解|处理)[^，。；]{0,10}(?:民间|邻里)(?:纠纷|矛盾)",
        r"\b(?:disputes?|quarrels?)\b",
    ),
    _Wording(
        "pb-waste",
        rf"{_NOT}[^，。；]{{0,20}}分类(?:投放|收集|运输|处理|标准|要求)|(?:混合|混装|混投)[^，。；]{{0,10}}垃圾|"
        r"(?:随意|随地|任意|乱|擅自|违法|违反规定)[^，。；]{0,10}(?:倾倒|抛撒|抛弃|堆放|丢弃|扔|倒|投放|焚烧)[^，。；]"
        r"{0,12}(?:垃圾|废弃物|废物)|垃圾[^，。；]{0,12}(?:乱扔|乱倒|随意|混合|任意|未分类)|任意弃置垃圾|"
        rf"{_NOT}(?!经)[^，。；]{{0,24}}(?:投放|收集|清运|运输|处置)[^，。；]{{0,8}}(?:生活|厨余|建筑|大件|装修)垃圾",
        r"(?:discard|dump|litter|throw)\w*[^.;]{0,30}(?:garbage|waste|refuse|rubbish|litter)|"
        r"(?:not|fail\w* to)[^.;]{0,20}(?:sort|separat)\w*[^.;]{0,20}(?:waste|garbage|rubbish)",
    ),
    _Wording(
        "pb-pets",
        r"(?:犬|宠物|动物|噪声|噪音|喧哗)[^。；]{0,24}(?:干扰|妨碍|影响|扰|伤人|吓|未|不|超|噪)|(?:干扰|妨碍|影响|"
        r"侵扰)[^。；]{0,14}(?:安宁|休息|正常生活)|(?:未|不|违反规定)[^。；]{0,10}(?:牵|束|养)犬|(?:发生|制造|产生)喧嚣",
        r"\bpets?\b[^.;]{0,40}(?:hinder|disturb|nuisance|not )|make noise|noise nuisance|"
        r"disturb\w*[^.;]{0,20}(?:peace|other (?:inhabitant|resident))|stray dog",
    ),
    _Wording(
        "pb-e-bike",
        r"电动(?:自行|摩托)?车[^。；]{0,30}(?:充电|停放|进入|携带)|(?:飞线|私拉)[^。；]{0,8}充电",
        r"(?:e-bikes?|electric bi\w+)[^.;]{0,40}(?:charg|park)\w*|charging by stray cable",
    ),
    _Wording(
        "pb-safety",
        r"(?:占用|堵塞|封闭|妨碍|阻碍)[^。；]{0,20}(?:消防|疏散|避难|逃生|防火)|(?:高空|建筑物)[^。；]{0,6}(?:抛|坠)|"
        r"安全隐患|(?:危及|危害)[^，。；国]{0,12}(?:安全|人身)|(?:损坏|挪用|停用|拆除)[^。；]{0,10}(?:消防|人防)|"
        r"(?:违反规定|违法|擅自)[^。；]{0,12}(?:存放|堆放|使用)[^。；]{0,10}(?:易燃|易爆|危险|有毒)|危险房屋",
        r"(?:block|obstruct)\w*[^.;]{0,30}(?:fire|escape|evacuat)\w*|endanger\w*[^.;]{0,30}"
        r"(?:safety|public|life)|(?:thrown|falling) from|fire hazard",
    ),
    _Wording(
        "pb-parking",
        r"(?:违法|违规|违反规定|擅自|乱|未在[^，。；]{0,10})[^，。；]{0,10}(?:停放|停车)(?!场)|"
        r"(?:擅自|违反|占用|损坏|停止使用|挪作他用|改变)[^。；]{0,20}(?:车位|车库|停车(?:位|泊位|场|设施))|"
        r"(?:车位|车库)[^。；]{0,12}(?:业主以外|出售|转让)[^。；]{0,8}(?:他人|其他人|业主以外)",
        r"(?:illegal|unlawful|unauthori[sz]ed)\w*[^.;]{0,10}park|"
        r"privately set up[^.;]{0,20}parking",
    ),
    _Wording(
        "pb-group-renting",
        r"群租|(?:违反|违规|不得|禁止|擅自|违法)[^。；]{0,24}(?:分割|分隔|隔断|隔间|厨房|卫生间|阳台|地下)[^。；]{0,12}"
        r"(?:出租|居住)|(?:违规|违法|违反[^。；，]{0,12})出租[^。；]{0,6}(?:房|住宅)",
        r"unlawful (?:sub)?letting|overcrowd",
    ),
    _Wording(
        "pb-slow-response",
        r"(?:不|未|拒不|超过)[^，。；]{0,16}(?:受理|答复|登记、转送|办理期限|回复(?!原)|反馈|督办)|推诿|敷衍|拖延|"
        rf"{_NOT}[^，。；]{{0,10}}(?:履行|办理|处理)[^，。；]{{0,16}}(?:诉求|投诉|举报|信访|事项)",
        r"(?:not|fail\w* to)[^.;]{0,20}(?:reply|respond|answer|handle)[^.;]{0,30}(?:complaint|"
        r"request"
        r"|petition)",
    ),
    _Wording(
        "pb-poor-service",
        rf"{_MANAGER}[^。；]{{0,24}}(?:未能履行|未履行|不履行|未按|不按|未依照|违反)[^。；]{{0,16}}(?:合同(?:的)?约定|"
        rf"合同义务|服务标准|维修|养护)|{_MANAGER}[^。；]{{0,30}}(?:擅自扩大收费|提高收费|重复收费|降低服务|擅自提高)",
        r"(?:propert\w+|management)[^.;]{0,40}(?:fails? to|not)[^.;]{0,30}(?:contract|services?|"
        r"obligation|standard)",
    ),
    _Wording(
        "pb-administrativisation",
        r"(?:不得|擅自|违反)[^。；]{0,20}(?:要求|责成|交由|委托|摊派|转嫁|设立)[^。；]{0,16}(?:居民委员会|村民委员会|社区)"
        r"|(?:居民委员会|村民委员会)[^。；]{0,20}(?:摊派|转嫁)|(?:向|给|对)(?:居民委员会|村民委员会|居委会)[^。；]{0,12}"
        r"(?:摊派|转嫁|下达)",
    ),
    _Wording(
        "pb-unclear-duties",
        r"(?:职责|责任|权限|管辖|受理|归属)[^，。；]{0,14}(?:不清|不明|争议|异议)|(?:争议|异议)[^，。；]{0,8}(?:管辖|职责)|"
        r"(?:管辖|责任人)[^，。；]{0,10}(?:争议|异议|不明)",
        r"unclear (?:dut|power|responsib)|(?:conflict|dispute)\w* (?:over|about) jurisdiction",
    ),
    _Wording(
        "pb-elevator",
        r"(?:加装|增设)电梯[^。；]{0,30}(?:争议|纠纷|反对|异议|不同意|意见)",
        r"(?:lift|elevator)[^.;]{0,40}(?:object|dispute|oppos|refus)\w*",
    ),
    _Wording(
        "pb-formalism",
        r"形式主义|弄虚作假|官僚主义|虚假填报",
        r"formalism",
    ),
)
# The notations of the problems that are worded here.
WORDED = tuple(wording.notation for wording in _WORDINGS)
_COMPILED = {
    "zh": tuple((w.notation, re.compile(w.zh)) for w in _WORDINGS if w.zh),
    "en": tuple((w.notation, re.compile(w.en, re.IGNORECASE)) for w in _WORDINGS if w.en),
}


def breaches(text: str, language: str) -> tuple[str, ...]:
    """The notations of the problems that a text words as breaches, in a fixed order."""
    return tuple(name for name, pattern in _COMPILED[language] if pattern.search(text))
