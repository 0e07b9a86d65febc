/** Titles, days of publication and sources of the JJG editions. Each line: edition | title | published | confidence and remarks | sources. */
export const JJG = `
4-1999|钢卷尺||c|http://www.gfjl.org/thread-166544-1-1.html
4-2015|钢卷尺|20150824|at|C:JJG4-2015 ; AQSIQ 2015 No. 106
13-2016|模拟指示秤||c|own
14-2016|非自行指示秤||c|own
21-2008|千分尺||c|own
23-1988|||ck|N:AMP/BOOK.amp.aspx/JJF1091-2002
24-2003|深度千分尺||ct|A:JJG24-2010
24-2016|深度千分尺|20161130|at|A:JJG24-2010 ; AQSIQ 2016 No. 119
30-2012|通用卡尺||c|wjc445479963-beep/wjc-regulatory-ledger:tests
41-1990|||c|http://jjgjjf.com/topic?topicId=223
42-2011|工作玻璃浮计||ce|https://www.duodown.com/ (2130532)
42-2023|工作玻璃浮计||ce|https://www.duodown.com/ (2130532)
49-2013|弹性元件式精密压力表和真空表||c|own
52-1999|弹簧管式一般压力表、压力真空表和真空表||c|https://m.baijiantest.com/infoDetails/82/15938685
52-2013|弹性元件式一般压力表、压力真空表和真空表|20130627|c|https://m.baijiantest.com/infoDetails/82/15938685
59-2007|活塞式压力计||a|http://fanglangqi.cn/ShowNews.asp?id=237 ; 质检办量函[2008]1号
59-2022|液体活塞式压力计|20220926|c|http://bubsandbeans.com/paper/240612940.html
98-1990|||akp|https://www.scribd.com/document/476388387/JJG-1036-2008
98-2006|||ak|https://www.guifanku.com/739266.html
98-2019|机械天平|20190927|a|https://www.guifanku.com/739266.html
99-2006|砝码||ct|A:JJG99-2022
99-2022|砝码|20221207|at|A:JJG99-2022
109-1986|||ch|C:JJG109-2004
109-2004|百分表式卡规|20040921|at|C:JJG109-2004
111-1979|||ch|C:JJG111-1979
111-1989|||ch|C:JJG111-1979
111-2003|玻璃体温计||bch|C:JJG111-1979 ; https://www.shingvip.com/news/show-862.html
111-2019|玻璃体温计|20191231|at|C:JJG111-1979
119-2018|实验室pH（酸度）计||c|own
124-2005|电流表、电压表、功率表及电阻表||c|F:数据库/RULE201775.sql
125-2004|直流电桥||c|F:数据库/RULE201775.sql
126-1995|交流电量变换为直流电量电工测量变送器||c|F:数据库/RULE201775.sql
128-1973|||ck|http://www.event-medical.com.cn/gynews/2882.html
128-1989|二等标准水银温度计|19890622|c|http://www.event-medical.com.cn/gynews/2882.html
130-2011|工作用玻璃液体温度计||cc|https://search.napstic.cn/literature/periodical/010shjlcs202401016
133-1987|||ck|https://11bz.com/a/652690.html
133-2005|汽车油罐车容量|20050905|c|https://11bz.com/a/652690.html
133-2016|汽车油罐车容量|20161125|a|https://www.duodown.com/biaozhun/2546618.html
140-2018|铁路罐车容积||c|own
146-2011|量块||c|own
157-1983|||ch|C:JJG157-1983
157-1995|非金属拉力、压力和万能试验机||cth|C:JJG157-1983
157-2008|非金属拉力、压力和万能试验机|20080416|cto|C:JJG157-1983 ; AQSIQ 2014 No. 89
159-1994|||ck|https://renrendoc.com/paper/240405187.html
159-2008|双活塞式压力真空计|20080325|a|https://renrendoc.com/paper/240405187.html
160-1982|||ch|C:JJG160-1982
160-1992|标准铂电阻温度计||cth|C:JJG160-1982
160-2007|标准铂电阻温度计|20070614|a|A:JJG160-1992 ; https://guifanku.com/832103.html ; AQSIQ 2007 No. 95
162-1985|||ak|http://wenku365.com/p-13690854.html
162-2007|冷水水表|20071121|a|http://wenku365.com/p-13690854.html
162-2009|冷水水表|20090408|ad|https://www.chinesestandard.us/products/jjg162-2009
162-2019|饮用冷水水表|20191231|a|N:AMP/BOOK.amp.aspx/JJG162-2019
164-2000|液体流量标准装置||ccp|http://www.hoppecoke.com/news/show-351058.html
166-1993|直流电阻器||cp|F:App/Res/zhiliuyiqi.js ; F:数据库/RULE201775.sql
168-1987|立式金属罐容量（试行）||c|https://www.wendangjia.com/1/144634.html
168-2018|立式金属罐容量||c|own
169-2010|互感器校验仪||c|F:数据库/RULE201775.sql
176-1976|||ch|C:JJG176-2022
176-1995|||ch|C:JJG176-2022
176-2005|声校准器||cth|C:JJG176-2022
176-2022|声校准器|20220429|at|C:JJG176-2022
188-2002|声级计||c|https://zgbk.com/ecph/words?ID=73772&SiteID=1&SubID=80107
188-2017|声级计|20171120|ap|http://cornels-photography.com/paper/240405234.html
195-1979|||ch|C:JJG195-2019
195-2002|连续累计自动衡器（皮带秤）||ch|page «各种自动衡器的检定规程说明»
195-2019|连续累计自动衡器（皮带秤）||c|C:JJG195-2019
196-2006|常用玻璃量器||c|public code
198-1994|速度式流量计||ctp|C:JJG1121-2015
225-2001|热能表|20011204|a|https://www.renrendoc.com/paper/324228386.html
225-2024|热量表|20241019|a|https://guifanku.com/849867.html
226-2001|双金属温度计||ct|C:JJF1908-2021
229-1987|工业铂、铜热电阻||c|http://www.chinamtt.cn/Periodical/Periodical-detail.aspx?cla=36&PeriodicalId=11278
229-1998|工业铂、铜热电阻|19980514|c|https://m.bzxz.net/en/8c8c64fd65c470e48.html
229-2010|工业铂、铜热电阻||be|https://e-cumulus.com/m/tech/948.html ; https://m.bzxz.net/en/8c8c64fd65c470e48.html
234-1981|||ch|N:Related.aspx/JJG234-1981
234-1990|||ch|N:Related.aspx/JJG234-1981
234-2012|自动轨道衡|20120302|at|A:JJG234-1990 ; AQSIQ 2012 No. 35
257-2007|浮子流量计||cc|X:JJGN913Y2015
258-1988|||ak|http://wenku365.com/p-13690854.html
264-2008|谷物容重器||c|own
266-2018|卧式金属罐容量||c|own
270-1995|||ck|X:JJGN270Y2008
270-2008|血压计和血压表|20080325|c|X:JJGN270Y2008
272-1991|||ak|http://www.renrendoc.com/paper/240405661.html
272-2007|空盒气压表和空盒气压计|20070614|a|http://www.renrendoc.com/paper/240405661.html
274-1981|||ch|C:JJG274-2007
274-2007|双管水银压力表|20070614|ato|C:JJG274-2007 ; AQSIQ 2007 No. 95
288-1982|||ch|A:JJG288-2005
288-2005|深海颠倒温度表||cth|A:JJG288-2005
288-2024|颠倒温度表|20240614|at|A:JJG288-2005
310-2002|压力式温度计||ct|C:JJF1909-2021
313-2010|测量用电流互感器||b|https://www.asctinc.com/info-detail/error-measurement-and-verification ; F:数据库/RULE201775.sql
314-2010|测量用电压互感器||c|https://www.asctinc.com/info-detail/error-measurement-and-verification
315-1983|直流数字电压表（试行）||c|F:数据库/RULE201775.sql
333-1983|皮膜式家用煤气表（试行）||c|https://renrendoc.com/paper/286225483.html
366-2004|接地电阻表||c|F:数据库/RULE201775.sql
378-1985|||ck|N:AMP/BOOK.amp.aspx/JJF1091-2002
388-2012|测听设备 纯音听力计||c|own
393-2018|辐射防护用X、γ辐射剂量当量（率）仪||c|own
410-1994|精密交流电压源||c|F:数据库/RULE201775.sql
440-2008|工频单相相位表||c|F:数据库/RULE201775.sql
443-2015|燃油加油机||c|http://www.ovololi.cn/news/detail-104034.html
443-2023|燃油加油机（试行）|20231221|cd|https://plusstd.com/2124877079.html
445-1986|直流标准电压源||c|F:数据库/RULE201775.sql
464-1996|||ck|X:JJGN464Y2011
464-2011|半自动生化分析仪|20111130|c|X:JJGN464Y2011
517-1998|出租汽车计价器||c|http://csres.com/detail/209254.html
517-2009|出租汽车计价器|20090710|c|http://csres.com/detail/209254.html
517-2016|出租汽车计价器|20161130|ap|https://www.duodown.com/biaozhun/2415492.html
521-2006|||ck|https://p.safehoo.com/Standard/Trade/Machine/202411/5753021.shtml
521-2024|环境监测用X、γ辐射空气比释动能率仪|20240918|c|https://p.safehoo.com/Standard/Trade/Machine/202411/5753021.shtml
527-1988|||c|https://renrendoc.com/paper/240406842.html
527-2007|机动车超速自动监测系统|20070821|c|https://renrendoc.com/paper/240406842.html
527-2015|固定式机动车雷达测速仪|20150615|a|https://www.chinesestandard.us/products/jjg527-2015
528-2004|机动车雷达测速仪||c|http://m.cornels-photography.com/paper/240406859.html
528-2015|移动式机动车雷达测速仪|20150615|a|https://www.duodown.com/biaozhun/61223805.html ; http://m.cornels-photography.com/paper/240406859.html
535-2004|||cc|X:JJFN1260Y2010
539-1988|||ch|N:Related.aspx/JJG539-1997
539-1997|数字指示秤||ch|N:Related.aspx/JJG539-1997
539-2016|数字指示秤|20161130|c|N:Related.aspx/JJG539-1997 ; AQSIQ 2016 No. 119
543-1996|||ckp|X:JJGN1043Y2008
543-2008|心电图机|20080523|c|X:JJGN543Y2008
543-2026|心电图机||c|lindsayyh/xddz-website:literature/article-09.html
548-2004|测汞仪||c|http://zgkjsz.com/page/2021/1118/9442508.shtml
548-2018|测汞仪||c|http://zgkjsz.com/page/2021/1118/9442508.shtml
557-2011|标准扭矩仪||ctc|https://codeofchina.com/standard/JJG707-2014.html
560-1988|||c|page «各种自动衡器的检定规程说明»
564-1988|||ck|page «各种自动衡器的检定规程说明»
564-2002|重力式自动装料衡器（定量自动衡器）||c|page «各种自动衡器的检定规程说明»
564-2019|重力式自动装料衡器||c|own
565-1988|||ck|page «各种自动衡器的检定规程说明»
573-2003|膜盒压力表||c|https://m.baijiantest.com/infoDetails/82/15938685
574-2004|压陷式眼压计||c|own
577-1988|工业煤气表（试行）||c|https://renrendoc.com/paper/286225483.html
577-1994|膜式煤气表||c|https://renrendoc.com/paper/286225483.html
577-2005|膜式燃气表||c|https://www.wendangjia.com/1/144058.html
577-2012|膜式燃气表||c|https://m.ybzhan.cn/news/detail-113369.html
579-2010|验光镜片箱||ck|https://renrendoc.com/paper/399021610.html
579-2025|验光镜片箱|20250208|a|https://renrendoc.com/paper/399021610.html
580-2005|焦度计||c|own
581-1999|||ck|X:JJGN581Y2016
581-2016|医用激光源|20161130|c|X:JJGN581Y2016
585-1989|||ak|http://wenku365.com/p-13690854.html
589-2001|||ck|X:JJGN589Y2008
589-2008|医用电子加速器辐射源|20081222|c|X:JJGN589Y2008
596-1999|电子式电能表||cp|https://renrendoc.com/p-9948366.html
596-2012|电子式交流电能表|20121008|a|https://renrendoc.com/p-9948366.html
597-1989|交流电能表检定装置|19890406|c|https://m.bzxz.net/en/7df964b1af24c8c69.html
597-2005|交流电能表检定装置||b|https://m.bzxz.net/en/7df964b1af24c8c69.html ; F:数据库/RULE201775.sql
598-1989|直流数字电流表（试行）||c|F:数据库/RULE201775.sql
603-2006|频率表||c|F:数据库/RULE201775.sql
622-1997|绝缘电阻表（兆欧表）||c|F:数据库/RULE201775.sql
631-2013|氨氮自动监测仪||c|own
633-2005|气体容积式流量计||c|https://m.ybzhan.cn/news/detail-57739.html
635-2011|一氧化碳、二氧化碳红外气体分析器||c|http://www.zgqun.cn/news/2921
639-1990|||ck|X:JJGN639Y1998
639-1998|医用超声诊断仪超声源|19980916|c|X:JJGN639Y1998
642-2007|球形金属罐容量||c|own
643-1994|标准表法流量标准装置||cth|C:JJG643-1994
643-2003|标准表法流量标准装置||cth|C:JJG643-1994
643-2024|标准表法流量标准装置|20240207|at|C:JJG643-1994
646-2006|移液器||c|public code
648-2017|非连续累计自动衡器||c|own
649-1990|数字称重显示器||cth|C:JJG649-2016
649-2016|数字称重显示器（称重指示器）|20160627|ct|C:JJG649-2016
650-1990|||c|page «各种自动衡器的检定规程说明»
653-2003|测功装置||c|own
657-1990|||c|https://m.bzxz.net/en/9f3f141da48bfe549.html
657-2006|呼出气体酒精含量探测器|20061208|a|https://m.bzxz.net/en/9f3f141da48bfe549.html
657-2019|呼出气体酒精含量检测仪|20190927|a|C:JJG657-2019 ; https://11bz.com/a/651431.html ; SAMR 2019 No. 40
669-2003|称重传感器||c|own
680-2007|烟尘采样器||c|own
688-2017|汽车排放气体测试仪|20171120|a|https://www.duodown.com/biaozhun/61223799.html
688-2025|汽车排放气体测试仪|20250611|a|https://www.bzchaxun.com/view/5211314131000000.html
692-1999|||ck|X:JJGN692Y2010
692-2010|无创自动测量血压计|20100511|c|X:JJGN692Y2010
693-2004|可燃气体检测报警器|20040302|c|https://softhome.cc/tuji/160642.html
693-2011|可燃气体检测报警器|20110614|a|http://www.360doc.com/content/23/0821/16/1433386_1093334866.shtml ; http://bubsandbeans.com/paper/144921928.html
694-2009|原子吸收分光光度计||cc|https://max.book118.com/html/2024/0529/5333132044011220.shtm
695-2019|硫化氢气体检测仪||c|own
700-1999|气相色谱仪||c|https://www.duodown.com/biaozhun/2138298.html
700-2016|气相色谱仪|20160627|a|https://www.duodown.com/biaozhun/2138298.html
702-2005|船舶液货计量舱容量||c|own
707-2014|扭矩扳子||b|https://codeofchina.com/standard/JJG707-2014.html ; public code
709-1990|||c|N:Related.aspx/JJG234-1981
714-1990|||ck|X:JJGN714Y2012
714-2012|血细胞分析仪|20120618|c|X:JJGN714Y2012
716-1991|||c|A:JJG160-1992
724-1991|直流数字式欧姆表||c|F:数据库/RULE201775.sql
731-1991|||ck|page «各种自动衡器的检定规程说明»
738-2024|出租汽车计价器检定装置||c|public code (a maker's product text)
744-1991|||ch|N:Related.aspx/JJG744-1991
744-1997|||ch|N:Related.aspx/JJG744-1991
744-2004|医用诊断X射线辐射源|20040604|bd|N:Related.aspx/JJG744-1991 ; X:JJGN744Y2004
745-1991|||ak|https://www.renrendoc.com/p-1404464.html
745-2002|机动车前照灯检测仪|20020913|ad|https://www.renrendoc.com/p-1404464.html
745-2016|机动车前照灯检测仪||c|http://cornels-photography.com/paper/240409345.html
755-1991|||c|https://renrendoc.com/paper/240409467.html
755-2015|紫外辐射照度工作基准装置|20151207|a|https://renrendoc.com/paper/240409467.html
760-1991|||ck|X:JJGN760Y2003
760-2003|心电监护仪|20031124|c|X:JJGN760Y2003
780-1992|交流数字功率表||c|F:数据库/RULE201775.sql
781-1992|||ch|C:JJG781-1992
781-2002|数字指示轨道衡||cth|C:JJG781-1992
781-2019|数字指示轨道衡|20191231|at|C:JJG781-1992
797-2013|扭矩扳子检定仪||ctc|https://codeofchina.com/standard/JJG707-2014.html
806-1993|医用超声治疗机超声源|19930119|c|https://www.renrendoc.com/p-1404480.html
811-1996|核子皮带秤||c|page «各种自动衡器的检定规程说明»
813-2013|光纤光功率计||c|www.bzmfxz.com listing
821-2005|总有机碳分析仪||c|own
825-2013|测氡仪|20130815|a|https://m.book118.com/html/2024/0418/5123202102011143.shtm
837-2003|直流低电阻表||c|F:数据库/RULE201775.sql
846-1993|光散射式数字粉尘测试仪||c|http://m.nfoagyz.cn/pddetailthree/tech/detail-11100257.html
846-2015|粉尘浓度测量仪|20150615|a|https://www.duodown.com/biaozhun/2138396.html ; N:PDF.aspx/JJG846-2015
847-1993|滤纸式烟度计||c|http://218.28.6.71:81/Qikan/Article/Detail?id=7387279
859-1994|||c|A:JJG160-1992
860-2015|压力传感器（静态）||c|public code (a maker's news text)
861-1994|||ck|X:JJGN861Y2007
861-2007|酶标分析仪|20071121|c|X:JJGN861Y2007
875-2005|数字压力计||c|https://shingvip.com/news/show-855.html
880-2006|浊度计||c|own
881-1994|标准体温计|19940910|a|https://renrendoc.com/paper/240411236.html
882-2004|压力变送器||c|http://sdxsjggcm.cn/mod_article-article_content-article_id-206.html
882-2019|压力变送器||c|own
891-1995|电容法和电阻法谷物水分测定仪||c|own
892-1995|验光机||c|https://www.wendangjia.com/1/143662.html
892-2005|验光机||cd|http://tocape.cn/zhengcejiedu/s29317.html
892-2011|验光仪|20110704|bd|http://www.simop.com.cn/detail-96-70c946598d71f0d2.html ; http://www.victorzhang.cn/page/2012/0414/21419271.shtml
892-2022|验光仪|20220628|a|http://m.cornels-photography.com/paper/240612496.html
893-1995|超声多普勒胎心仪超声源|19950502|a|http://m.mydoc123.com/p-192238.html
907-1996|||ch|C:JJG907-2006
907-2003|动态汽车衡（车辆总重量）||c|https://zhuangbiaoji.com.cn/newsshow_1214501.html
907-2006|动态公路车辆自动衡器|20060523|a|C:JJG907-2006
912-2010|治疗水平电离室剂量计||c|own
913-1996|||ck|X:JJGN913Y2015
913-2015|浮标式氧气吸入器|20150130|c|X:JJGN913Y2015
915-2008|一氧化碳检测报警器|20081222|a|https://www.xiaomilidoc.com/p-11492918.html
919-1996|pH计检定仪|19961121|c|https://m.bzxz.net/en/4c131c781e2a6f049.html
919-2008|pH计检定仪||c|https://m.bzxz.net/en/4c131c781e2a6f049.html
921-2021|环境振动分析仪||c|own
922-2008|验光仪顶焦度标准器||cc|http://www.victorzhang.cn/page/2012/0414/21419271.shtml
926-1997|记录式压力表、压力真空表和真空表||cth|https://chinesestandard.net/PDF/English.aspx/JJG926-2015
926-2015|记录式压力表、压力真空表和真空表|20150130|at|https://chinesestandard.net/PDF/English.aspx/JJG926-2015 ; AQSIQ 2015 No. 19
940-1998|催化燃烧氢气检测仪||c|http://m.boteman.cn/paper/289208684.html
943-2011|总悬浮颗粒物采样器|20110614|c|page «JJG 943-2011 总悬浮颗粒物采样器检定规程»
952-2000|瞳距仪||c|http://m.mydoc123.com/d-192266.html
952-2014|瞳距仪||c|own
954-2000|||ck|X:JJGN954Y2019
954-2019|数字脑电图仪|20190927|c|X:JJGN954Y2019
956-2000|大气采样器|20000922|c|http://m.cornels-photography.com/paper/303618687.html
956-2013|大气采样器|20130427|cd|http://m.cornels-photography.com/paper/303618687.html
961-2001|||ck|X:JJGN961Y2017
961-2017|医用诊断螺旋计算机断层摄影装置（CT）X射线辐射源|20171120|c|X:JJGN961Y2017
962-2010|X、γ辐射个人剂量当量率报警仪|20100906|c|https://www.bzchaxun.com/view/6040014004000000.html
970-2002|变压比电桥||c|F:数据库/RULE201775.sql
971-2019|液位计||c|own
976-2002|透射式烟度计||c|https://www.duodown.com/biaozhun/2138405.html
976-2010|透射式烟度计|20100105|a|https://www.duodown.com/biaozhun/2138405.html
982-2003|直流电阻箱||c|F:数据库/RULE201775.sql
984-2004|接地导通电阻测试仪||c|F:数据库/RULE201775.sql
985-2004|高温铂电阻温度计工作基准装置|20040302|ct|N:AMP/BOOK.amp.aspx/JJG985-2004 ; AQSIQ 2004 No. 24
992-2004|声强测量仪|20040921|a|http://www.renrendoc.com/p-1268144.html
996-2005|压缩天然气加气机||ch|C:JJG996-2012
996-2012|压缩天然气加气机|20121203|c|http://elfin-engr.com/jichuzhishi/55587.html ; AQSIQ 2012 No. 199
1003-2005|流量积算仪||cth|C:JJG1003-2016
1003-2016|流量积算仪|20161125|at|C:JJG1003-2016 ; AQSIQ 2016 No. 116
1005-2005|电子式绝缘电阻表||c|F:数据库/RULE201775.sql
1005-2019|电子式绝缘电阻表||c|https://gxjzx.com/2355.html
1010-2013|电子停车计时收费表||c|own
1011-2006|角膜曲率计||cc|http://www.victorzhang.cn/page/2012/0414/21419271.shtml
1012-2019|化学需氧量（COD）在线自动监测仪||c|own
1020-2007|平板式制动检验台||cth|C:JJG1020-2017
1020-2017|平板式制动检验台|20171120|ct|C:JJG1020-2017 ; AQSIQ 2017 No. 103
1021-2007|电力互感器||ccp|https://max.book118.com/html/2024/0717/5113233120011244.shtm
1026-2007|||ck|X:JJGN961Y2017
1029-2007|涡街流量计||c|own
1030-2007|超声流量计|20070821|ap|https://www.renrendoc.com/p-9958124.html ; http://bubsandbeans.com/paper/240404889.html
1033-2007|电磁流量计|20071121|at|https://www.chinesestandard.us/products/jjg1033-2007
1036-2008|电子天平|20080220|ap|https://www.scribd.com/document/476388387/JJG-1036-2008
1036-2022|电子天平||c|own
1037-2008|涡轮流量计|20080325|ctdp|C:JJG1037-2008 ; AQSIQ 2008 No. 35
1038-2008|科里奥利质量流量计|20080325|at|C:JJG1038-2008
1041-2008|数字心电图机|20080416|a|A:JJG1041-2008 ; X:JJGN1041Y2008 ; AQSIQ 2008 No. 45
1043-2008|脑电图机|20080523|c|X:JJGN1043Y2008
1050-2009|X、γ射线骨密度仪|20090710|c|X:JJGN1050Y2009
1051-2009|电解质分析仪|20091009|c|X:JJGN1051Y2009
1052-2009|回路电阻测试仪、直阻仪||c|F:数据库/RULE201775.sql
1067-2011|医用诊断数字减影血管造影（DSA）系统X射线辐射源|20110614|c|X:JJGN1067Y2011
1072-2011|直流高压高值电阻器|20111130|cp|C:JJG1072-2011 ; AQSIQ 2011 No. 202
1074-2012|机动车激光测速仪|20120302|bc|http://m.bubsandbeans.com/paper/240404950.html
1077-2012|臭氧气体分析仪|20120417|c|https://softhome.cc/tuji/159368.html
1078-2012|医用数字摄影（CR、DR）系统X射线辐射源|20120618|c|https://plusstd.com/standard/1252778994/jjg-1078-2026/ ; X:JJGN1078Y2012 ; AQSIQ 2012 No. 96
1078-2026|数字摄影（DR）系统X射线辐射源|20260402|ct|https://plusstd.com/standard/1252778994/jjg-1078-2026/
1085-2013|标准电能表|20130627|adp|https://www.guifanku.com/qitaguifan/752443.html
1086-2013|气体活塞式压力计|20130704|at|C:JJG1086-2013 ; AQSIQ 2013 No. 88
1088-2013|||ak|http://m.cornels-photography.com/paper/240404977.html
1088-2019|角膜曲率计用计量标准器|20190927|a|http://m.cornels-photography.com/paper/240404977.html
1098-2014|||cc|X:JJFN1259Y2018
1101-2014|医用诊断全景牙科X射线辐射源|20140825|c|X:JJGN1101Y2014
1107-2015|自动标准压力发生器||c|public code (a maker's news text)
1112-2015|继电保护测试仪||c|F:数据库/RULE201775.sql
1113-2015|水表检定装置|20150410|atp|C:JJG1113-2015 ; AQSIQ 2015 No. 47
1114-2015|液化天然气加气机||c|own
1118-2015|电子汽车衡（衡器载荷测量仪法）|20150824|ct|C:JJG1118-2015 ; AQSIQ 2015 No. 106
1121-2015|旋进旋涡流量计|20151207|atp|C:JJG1121-2015 ; AQSIQ 2015 No. 148
1122-2015|机动车地感线圈测速系统|20151207|ad|https://renrendoc.com/paper/240405030.html
1141-2017|接触式压平眼压计|20170926|a|https://www.duodown.com/biaozhun/2137140.html
1143-2017|非接触式眼压计|20171120|a|https://renrendoc.com/paper/240405055.html
1145-2017|医用乳腺X射线辐射源|20171120|b|https://www.baikeworld.com/gb/1751115454134749.html ; X:JJGN1145Y2017
1148-2022|电动汽车交流充电桩（试行）||b|http://www.efolxx85b.com/ba/nrbpvfqf.html
1149-2022|电动汽车非车载充电机（试行）||b|http://cornels-photography.com/paper/240405065.html
1160-2019|加载式汽车制动检验台|20190927|at|C:JJG1160-2019
1162-2019|医用电子体温计||c|own
1163-2019|多参数监护仪|20191231|c|X:JJGN1163Y2019
1164-2019|红外耳温计|20191231|c|http://cornels-photography.com/paper/240405098.html
1182-2021|20 Hz~1 kHz矢量水听器|20211228|a|A:JJG1182-2021
1187-2022|直流标准电能表|20221207|c|public code
1189.3-2022|测量用互感器 第3部分：电力电流互感器|20221207|ap|https://max.book118.com/html/2024/0717/5113233120011244.shtm
1189.4-2022|测量用互感器 第4部分：电力电压互感器||c|own
1190-2022|超声波燃气表||c|own
1196-2023|直流互感器校验仪|20230630|a|cover text of JJG 1196-2023
1203-2024|罐式集装箱容积|20240918|c|https://freebz.net/jiliang/480010.html
1204-2025|电子计价秤（试行）|20250108|ad|https://guifanku.com/866428.html
2028-2021|漫透射视觉密度（黑白密度）计量器具检定系统表|20211208|cs|https://jz321.net/jiliang/238343.html
2039-1989|高准确度测量活度及光子发射率计量器具检定系统表|19890911|cds|https://m.bzxz.net/bzxz/55804.html
2041-1989|活度计量器具检定系统表||cs|draft «放射性气体活度计量器具检定系统表»
2044-1989|||ck|https://m.baijiantest.com/infoDetails/83/15940104
2044-2010|γ射线空气比释动能计量器具检定系统表|20100906|bs|https://m.baijiantest.com/infoDetails/83/15940104 ; https://www.jz321.net/jiliang/237211.html
2044-2019|γ射线空气比释动能计量器具检定系统表||ces|https://m.baijiantest.com/infoDetails/83/15940104
2045-2010|力值（≤1 MN）计量器具检定系统表||cts|https://www.gbstd.com/en-us/view/6025122004000000.html`
