/** Titles, days of publication and sources of the JJF editions. Each line: edition | title | published | confidence and remarks | sources. */
export const JJF = `
1001-1998|||cc|X:JJFN1213Y2008 ; X:JJFN1217Y2009 ; X:JJFN1260Y2010
1001-2011|通用计量术语及定义||cc|https://zz-jk.com/News/128.aspx ; X:JJFN1649Y2017
1002-1984|国家计量检定规程编写规则||c|https://zz-jk.com/News/128.aspx
1002-1998|国家计量检定规程编写规则|19980625|cd|https://m.bzxz.net/en/3994e8cf43086743.html
1002-2010|国家计量检定规程编写规则||c|https://zz-jk.com/News/128.aspx
1004-2004|流量计量名词术语及定义||cc|http://www.hoppecoke.com/news/show-351058.html ; X:JJFN1259Y2018 ; X:JJGN913Y2015
1007-2007|温度计量名词术语及定义||cc|https://www.shingvip.com/news/show-862.html
1008-2008|压力计量名词术语及定义||cc|http://bzfyw.com/site/bz/standard/JJG52-2013.html ; X:JJGN913Y2015
1015-1990|||ch|C:JJF1015-1990
1015-2002|||ch|C:JJF1015-1990
1015-2014|计量器具型式评价通用规范|20140123|a|C:JJF1015-1990
1016-1990|||ch|https://chinesestandard.net/PDF/English.aspx/JJF1016-1990
1016-2002|||ch|https://chinesestandard.net/PDF/English.aspx/JJF1016-1990
1016-2009|计量器具型式评价大纲编写导则||ch|https://chinesestandard.net/PDF/English.aspx/JJF1016-1990
1016-2014|计量器具型式评价大纲编写导则|20140123|a|https://chinesestandard.net/PDF/English.aspx/JJF1016-1990
1022-1991|计量标准命名||c|http://www.hbguanjian.com/news/265.html
1022-2014|计量标准命名与分类编码|20140123|a|C:JJF1022-2014 ; AQSIQ 2014 No. 10
1033-2001|计量标准考核规范||c|http://www.hbguanjian.com/news/265.html
1033-2008|计量标准考核规范||c|http://sdxsjggcm.cn/mod_article-article_content-article_id-206.html
1033-2016|计量标准考核规范||c|https://www.renrendoc.com/p-9065733.html
1033-2023|计量标准考核规范|20230315|a|C:JJF1033-2023
1034-2005|||cc|X:JJFN1649Y2017
1035-2006|||cc|X:JJGN1050Y2009 ; X:JJGN1078Y2012 ; X:JJGN589Y2008
1059-1999|||cc|X:JJFN1213Y2008 ; X:JJFN1217Y2009
1059.1-2012|测量不确定度评定与表示||cc|https://ahtit.com/article/225382.html ; X:JJFN1720Y2018
1071-2000|国家计量校准规范编写规则||cc|https://www.shingvip.com/news/show-862.html ; X:JJFN1213Y2008 ; X:JJFN1217Y2009
1071-2010|国家计量校准规范编写规则||cc|https://ahtit.com/article/225382.html ; X:JJFN1720Y2018
1075-2001|钳形电流表校准规范||c|F:数据库/RULE201775.sql
1076-2020|数字温湿度计||c|own
1091-2002|测量内尺寸千分尺校准规范|20021104|ct|N:AMP/BOOK.amp.aspx/JJF1091-2002
1094-2002|测量仪器特性评定||cc|https://max.book118.com/html/2026/0201/6154031152012054.shtm
1097-2003|平尺校准规范||ch|C:JJF1097-2003
1097-2021|平尺校准规范|20211228|a|C:JJF1097-2003
1101-2003|环境试验设备温度、湿度校准规范||c|X:JJFN1260Y2010 ; F:数据库/RULE201775.sql
1101-2019|环境试验设备温度、湿度参数校准规范||c|wjc445479963-beep/wjc-regulatory-ledger:tests
1107-2003|测量人体温度的红外温度计校准规范|20030619|ad|http://jjgjjf.com/topic?topicId=342
1117-2010|计量比对规范||cc|https://search.napstic.cn/literature/periodical/010shjlcs202401016
1139-2005|计量器具检定周期确定原则和方法|20051220|c|https://bzpt.com/jl/268206.html
1145-2006|驻极体传声器测试仪校准规范|20060523|at|C:JJF1145-2006
1149-2006|||ck|X:JJFN1149Y2014
1149-2014|心脏除颤器校准规范|20140801|c|X:JJFN1149Y2014
1171-2007|温度巡回检测仪校准规范||cc|https://www.shingvip.com/news/show-862.html
1173-2007|测量接收机校准规范||ct|https://www.gbstd.com/en-us/list-4.html?page=7&status=3&year=0
1207-2008|针规、三针校准规范|20080606|a|http://jjgjjf.com/topic?topicId=223
1213-2008|肺功能仪校准规范|20080927|cd|X:JJFN1213Y2008
1217-2009|高频电刀校准规范|20090518|c|X:JJFN1217Y2009
1221-2009|汽车排气污染物检测用底盘测功机||c|own
1226-2009|医用电子体温计校准规范||c|https://www.shingvip.com/news/show-862.html
1234-2010|||ck|X:JJFN1234Y2018
1234-2018|呼吸机校准规范|20180227|c|X:JJFN1234Y2018
1246-2010|制造计量器具许可考核通用规范||c|https://scholarmate.com/S/5Qibia
1259-2010|||ck|X:JJFN1259Y2018
1259-2018|医用注射泵和输液泵校准规范|20180227|c|X:JJFN1259Y2018
1260-2010|婴儿培养箱校准规范|20100610|c|X:JJFN1260Y2010
1264-2010|互感器负荷箱校准规范||c|F:数据库/RULE201775.sql
1309-2011|温度校准仪校准规范|20110914|ct|N:Related.aspx/JJF1309-1990 ; AQSIQ 2011 No. 134
1335-2012|定角式雷达测速仪型式评价大纲||cc|https://315368.com/a/hangyebiaozhun/JJGjiliangjiandingguicheng/119435.html
1353-2012|血液透析装置校准规范|20120618|c|X:JJFN1353Y2012
1366-2012|温度数据采集仪校准规范|20121008|at|https://www.chinesestandard.us/products/JJF1366-2012
1411-2013|测量内尺寸千分尺校准规范||ct|C:JJF1411-2013 ; AQSIQ 2013 No. 74
1420-2013|血压计和血压表型式评价大纲|20130704|b|https://bzpt.com/jl/269143.html ; https://guifan.net/biaozhun/jiliang/335741.html ; C:JJF1420-2013 ; AQSIQ 2013 No. 88
1421-2013|一氧化碳检测报警器型式评价大纲|20130704|c|http://bubsandbeans.com/paper/240403977.html
1438-2013|彩色多普勒超声诊断仪（血流测量部分）校准规范|20131128|c|X:JJFN1438Y2013
1482-2014|透射式烟度计型式评价大纲|20140825|a|https://renrendoc.com/paper/240404055.html
1556-2016|超声仿组织模体校准规范|20160303|a|http://www.boteman.cn/paper/240404155.html
1574-2016|原子吸收分光光度计型式评价大纲||c|https://max.book118.com/html/2024/0529/5333132044011220.shtm
1578.1-2016|网络预约出租汽车经营服务平台计程计时验证方法（试行）|20161021|ad|https://guifanku.com/756606.html
1581-2016|手持式声场型听力筛查仪校准规范|20161125|at|C:JJF1581-2016 ; AQSIQ 2016 No. 116
1587-2016|数字多用表校准规范||c|F:数据库/RULE201775.sql
1624-2017|数字称重显示器（称重指示器）型式评价大纲|20170228|c|https://bzpt.com/jl/269775.html
1637-2017|工业热电偶||c|own
1649-2017|超声骨密度仪校准规范|20171120|c|X:JJFN1649Y2017
1681-2017|声级计型式评价大纲|20171120|ap|https://www.duodown.com/biaozhun/61207388.html
1720-2018|全自动生化分析仪校准规范|20181225|c|X:JJFN1720Y2018
1773-2019|综合验光仪型式评价大纲|20191231|c|https://11bz.com/a/650553.html
1783-2019|玻璃体温计型式评价大纲|20191231|c|https://guifan.net/biaozhun/jiliang/336850.html
1900-2021|停车场电子计时装置检定仪校准规范||c|lindsayyh/xddz-website:literature
1908-2021|双金属温度计校准规范|20210728|at|C:JJF1908-2021
1909-2021|压力式温度计校准规范|20210728|at|C:JJF1909-2021
2032-2023|透射式能见度仪校准规范|20230315|c|http://bhygbaby.com/paper/261231247.html
2046-2023|汽车检测设备用标准中性滤光片校准规范|20230630|a|https://www.bzchaxun.com/view/8101107010000000.html
2122-2024|机动车测速仪现场测速标准装置校准规范|20240614|a|http://cornels-photography.com/paper/337440601.html`
